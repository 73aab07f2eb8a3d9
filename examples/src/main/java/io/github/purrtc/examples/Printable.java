package io.github.purrtc.examples;

/** Text of others on the terminal. */
final class Printable {
    private Printable() {}

    /** The text with control characters made visible. */
    static String of(String text) {
        int length = text.length();
        int clean = 0;
        while (clean < length && !Character.isISOControl(text.charAt(clean))) {
            clean++;
        }
        if (clean == length) {
            return text;
        }
        StringBuilder visible = new StringBuilder(length + 16);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                visible.append(String.format("\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }
}
