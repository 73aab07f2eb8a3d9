package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.IceCandidate;
import org.jspecify.annotations.Nullable;

/** A message between the echo server and its page, a JSON object with a {@code type}. */
sealed interface Signal {
    String toJson();

    /** {@code {"type":"msg","msg":…}}: the page says hello. */
    record Greeting(JsonNode message) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("msg").set("msg", message).toString();
        }
    }

    /** {@code {"type":"call"}}: the page asks for a connection. */
    record Call() implements Signal {
        @Override
        public String toJson() {
            return Json.typed("call").toString();
        }
    }

    /** {@code {"type":"offer","sdp":…}}: the server's. */
    record Offer(String sdp) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("offer").put("sdp", sdp).toString();
        }
    }

    /** {@code {"type":"answer","sdp":…}}: the page's. */
    record Answer(String sdp) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("answer").put("sdp", sdp).toString();
        }
    }

    /** {@code {"type":"candidate","candidate":{…}}}: either's; without a candidate that was the last. */
    record Trickle(@Nullable IceCandidate candidate) implements Signal {
        @Override
        public String toJson() {
            ObjectNode fields = Json.object();
            if (candidate == null) {
                // webrtc-pc §4.8.1.1: an empty string is the end of candidates.
                fields.put("candidate", "").put("sdpMLineIndex", 0);
            } else {
                fields.put("candidate", candidate.candidate());
                fields.put("sdpMid", candidate.sdpMid());
                fields.put("sdpMLineIndex", candidate.sdpMLineIndex());
                fields.put("usernameFragment", candidate.usernameFragment());
            }
            return Json.typed("candidate").set("candidate", fields).toString();
        }
    }

    /** {@code {"type":"endi"}}: the page hangs up. */
    record HangUp() implements Signal {
        @Override
        public String toJson() {
            return Json.typed("endi").toString();
        }
    }

    /** {@code {"type":"join","room":…}}: wants to meet who knows the same code, rather than the server. */
    record Join(String room) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("join").put("room", room).toString();
        }
    }

    /** {@code {"type":"met","offering":…}}: the other one is there, and one of the two is to make an offer. */
    record Met(boolean offering) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("met").put("offering", offering).toString();
        }
    }

    /** {@code {"type":"left"}}: the other one has gone. */
    record Left() implements Signal {
        @Override
        public String toJson() {
            return Json.typed("left").toString();
        }
    }

    /** {@code {"type":"error","message":…}}: the server could not do what the page asked for. */
    record Failure(String message) implements Signal {
        @Override
        public String toJson() {
            return Json.typed("error").put("message", message).toString();
        }
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static Signal parse(String text) {
        JsonNode object = Json.parseObject(text);
        String type = Json.requireText(object, "type");
        return switch (type) {
            case "msg" -> new Greeting(object.path("msg"));
            case "call" -> new Call();
            case "offer" -> new Offer(Json.requireText(object, "sdp"));
            case "answer" -> new Answer(Json.requireText(object, "sdp"));
            case "candidate" -> new Trickle(candidate(object.path("candidate")));
            case "endi" -> new HangUp();
            case "join" -> new Join(Json.requireText(object, "room"));
            case "met" -> new Met(object.path("offering").asBoolean(false));
            case "left" -> new Left();
            case "error" -> new Failure(Json.requireText(object, "message"));
            default -> throw new IllegalArgumentException("unknown type \"" + type + "\"");
        };
    }

    private static @Nullable IceCandidate candidate(JsonNode fields) {
        if (fields.isNull()) {
            return null;
        }
        if (!fields.isObject()) {
            throw new IllegalArgumentException("\"candidate\" must be an object or null");
        }
        String line = Json.requireText(fields, "candidate");
        JsonNode index = fields.path("sdpMLineIndex");
        if (!(index.isMissingNode() || index.isNull() || (index.isIntegralNumber() && index.canConvertToInt()))) {
            throw new IllegalArgumentException("\"sdpMLineIndex\" must be a number");
        }
        return line.isEmpty()
                ? null
                : new IceCandidate(
                        line,
                        optionalText(fields, "sdpMid"),
                        index.isNumber() ? index.intValue() : null,
                        optionalText(fields, "usernameFragment"));
    }

    private static @Nullable String optionalText(JsonNode object, String field) {
        return object.hasNonNull(field) ? Json.requireText(object, field) : null;
    }
}
