package io.github.purrtc.sdp;

/** A line {@code a=}, cut at its colon (RFC 8866 §5.13); without one, the value is empty. */
record Attribute(String name, String value) {
    static Attribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new Attribute(text, "") : new Attribute(text.substring(0, colon), text.substring(colon + 1));
    }
}
