package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the two ends of a file transfer say to each other, each a text message of JSON. For each file:
 *
 * <pre>
 * sender   {"type":"file","name":…,"size":…}
 * receiver {"type":"have","bytes":…}                how much of it may be there already
 * sender   {"type":"begins","sha256":…}             of so many bytes of its file
 *          … these two again where there is something else to try …
 * receiver {"type":"from","offset":…}               after them, or 0 if what is there is of another file
 * sender   … the bytes from there on, as binary messages …
 * sender   {"type":"end","sha256":…}                of the whole file
 * receiver {"type":"kept"}
 * </pre>
 *
 * <p>The sender's checksum comes first, as the receiver's would tell of files that are not the sender's.
 *
 * <p>In the end {@code {"type":"bye"}}; at any time {@code {"type":"refused","reason":…}} instead.
 */
sealed interface FileSignal {
    String toJson();

    /** The next file. */
    record File(String name, long size) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("file").put("name", name).put("size", size).toString();
        }
    }

    /** What the receiver may have of it. */
    record Have(long bytes) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("have").put("bytes", bytes).toString();
        }
    }

    /** How the sender's file begins, up to what the receiver has; of nothing if that is more than the file. */
    record Begins(String sha256) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("begins").put("sha256", sha256).toString();
        }
    }

    /** Where the sender has to go on. */
    record From(long offset) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("from").put("offset", offset).toString();
        }
    }

    /** All was sent. */
    record End(String sha256) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("end").put("sha256", sha256).toString();
        }
    }

    /** All is there, and right. */
    record Kept() implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("kept").toString();
        }
    }

    /** There are no more files. */
    record Bye() implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("bye").toString();
        }
    }

    /** It cannot go on. */
    record Refused(String reason) implements FileSignal {
        @Override
        public String toJson() {
            return Json.typed("refused").put("reason", reason).toString();
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
            case "have" -> new Have(whole(object, "bytes"));
            case "begins" -> new Begins(Json.requireText(object, "sha256"));
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
}
