package io.github.purrtc.sctp;

import java.util.Locale;

/** Text of the peer's, made fit for events and logs: short, on one line, and without characters that rule how others are shown. */
final class PeerText {
    static final int MAX_LENGTH = 128;

    private PeerText() {}

    /** The text with what is not to be shown escaped as in Java's source, cut to {@link #MAX_LENGTH} characters. */
    static String of(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            String part = isHarmless(codePoint) ? Character.toString(codePoint) : escaped(codePoint);
            if (safe.length() + part.length() > MAX_LENGTH) {
                break;
            }
            safe.append(part);
            i += Character.charCount(codePoint);
        }
        return safe.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // So that what is escaped cannot be imitated.
            default -> codePoint != '\\';
        };
    }

    private static String escaped(int codePoint) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        return escaped.toString();
    }
}
