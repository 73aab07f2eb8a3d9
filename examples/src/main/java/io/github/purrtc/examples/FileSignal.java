package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the two ends of a file transfer say to each other, each a text message of JSON. For each file:
 *
 * <pre>
 * sender   {"type":"file","name":…,"size":…}
 * receiver {"type":"have","bytes":…,"sha256":…}     how much of it is there already
 * sender   {"type":"from","offset":…}               0 if what is there is of another file
 *          … the bytes from there on, as binary messages …
 * sender   {"type":"end","sha256":…}                of the whole file
 * receiver {"type":"kept"}
 * </pre>
 *
 * <p>In the end {@code {"type":"bye"}}; at any time {@code {"type":"refused","reason":…}} instead.
 */
sealed interface FileSignal {
    String toJson();

    /** The next file. */
    record File(String name, long size) implements FileSignal {
        @Override
        public String toJson() {
            return typed("file").put("name", name).put("size", size).toString();
        }
    }

    /** What the receiver has of it. */
    record Have(long bytes, String sha256) implements FileSignal {
        @Override
        public String toJson() {
            return typed("have").put("bytes", bytes).put("sha256", sha256).toString();
        }
    }

    /** Where the sender goes on. */
    record From(long offset) implements FileSignal {
        @Override
        public String toJson() {
            return typed("from").put("offset", offset).toString();
        }
    }

    /** All was sent. */
    record End(String sha256) implements FileSignal {
        @Override
        public String toJson() {
            return typed("end").put("sha256", sha256).toString();
        }
    }

    /** All is there, and right. */
    record Kept() implements FileSignal {
        @Override
        public String toJson() {
            return typed("kept").toString();
        }
    }

    /** There are no more files. */
    record Bye() implements FileSignal {
        @Override
        public String toJson() {
            return typed("bye").toString();
        }
    }

    /** It cannot go on. */
    record Refused(String reason) implements FileSignal {
        @Override
        public String toJson() {
            return typed("refused").put("reason", reason).toString();
        }
    }

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    static FileSignal parse(String text) {
        JsonNode object = Json.parseObject(text);
        String type = Json.requireText(object, "type");
        return switch (type) {
            case "file" -> new File(Json.requireText(object, "name"), whole(object, "size"));
            case "have" -> new Have(whole(object, "bytes"), Json.requireText(object, "sha256"));
            case "from" -> new From(whole(object, "offset"));
            case "end" -> new End(Json.requireText(object, "sha256"));
            case "kept" -> new Kept();
            case "bye" -> new Bye();
            case "refused" -> new Refused(Json.requireText(object, "reason"));
            default -> throw new IllegalArgumentException("unknown type \"" + type + "\"");
        };
    }

    private static long whole(JsonNode object, String field) {
        return Json.requireWhole(object, field, 0, Long.MAX_VALUE);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
