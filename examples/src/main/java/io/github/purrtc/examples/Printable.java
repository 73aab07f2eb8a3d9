package io.github.purrtc.examples;

/** Text of others on the terminal, where it must not move the cursor, look like other lines or turn what is beside it round. */
final class Printable {
    private static final int MAX_CHARS = 200;

    private Printable() {}

    /** The text with control characters made visible, those of the direction of writing among them. */
    static String of(String text) {
        int length = text.length();
        int clean = 0;
        while (clean < length && !isUnsafe(text.charAt(clean))) {
            clean++;
        }
        if (clean == length) {
            return text;
        }
        StringBuilder visible = new StringBuilder(length + 16);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (isUnsafe(c)) {
                visible.append(String.format("\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    private static boolean isUnsafe(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /** The beginning of it, where somebody else decides how long it is. */
    static String abbreviated(String text) {
        return of(text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…");
    }
}
