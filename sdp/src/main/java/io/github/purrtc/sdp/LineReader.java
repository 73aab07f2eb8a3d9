package io.github.purrtc.sdp;

/** Cuts a description into its lines (RFC 8866 §5), one at a time. */
final class LineReader {
    private final String text;
    private int offset;
    private int number;
    private String line = "";

    LineReader(String text) {
        this.text = text;
    }

    /**
     * Goes to the next line that is not blank.
     *
     * @return false when there is none
     * @throws IllegalArgumentException when the line is not of the form {@code <type>=<value>}
     */
    boolean next() {
        do {
            if (offset >= text.length()) {
                return false;
            }
            cut();
        } while (line.isEmpty());
        if (line.length() < 2 || line.charAt(1) != '=' || line.charAt(0) < 'a' || line.charAt(0) > 'z') {
            throw new IllegalArgumentException("not of the form <type>=<value>: " + Text.quote(line));
        }
        Text.requireOneLine("line", line);
        return true;
    }

    char type() {
        return line.charAt(0);
    }

    String value() {
        return line.substring(2);
    }

    /** The number of this line, counted from 1. */
    int number() {
        return Math.max(number, 1);
    }

    private void cut() {
        int newline = text.indexOf('\n', offset);
        int end = newline < 0 ? text.length() : newline;
        int next = newline < 0 ? end : newline + 1;
        if (end > offset && text.charAt(end - 1) == '\r') {
            end--;
        }
        line = text.substring(offset, end);
        offset = next;
        number++;
        if (number > SdpDocument.MAX_LINES) {
            throw new IllegalArgumentException("more than " + SdpDocument.MAX_LINES + " lines");
        }
    }
}
