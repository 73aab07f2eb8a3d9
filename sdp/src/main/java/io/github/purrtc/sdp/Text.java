package io.github.purrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/** The lexical rules of RFC 8866 §9 that the records share; each failure says which value broke which rule. */
final class Text {
    private Text() {}

    /** A {@code non-ws-string}, which can neither end its line nor its field. */
    static String requireWord(String what, String value) {
        requireNotEmpty(what, value);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == 0x7F) {
                throw new IllegalArgumentException(what + " holds a space or control character");
            }
        }
        return value;
    }

    static String requireToken(String what, String value) {
        requireNotEmpty(what, value);
        for (int i = 0; i < value.length(); i++) {
            if (!isTokenChar(value.charAt(i))) {
                throw new IllegalArgumentException(what + " is not a token: " + quote(value));
            }
        }
        return value;
    }

    /** A {@code byte-string}: anything that stays on its line. */
    static String requireOneLine(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(what + " holds a line end or NUL");
            }
        }
        return value;
    }

    static int requireRange(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is not in " + min + " to " + max + ": " + value);
        }
        return value;
    }

    static int parseInt(String what, String digits, int min, int max) {
        requireDigits(what, digits);
        // Nine digits fit an int; a longer number stands for one that is out of every range.
        int value = digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is not in " + min + " to " + max + ": " + quote(digits));
        }
        return value;
    }

    static long parseUnsignedLong(String what, String digits) {
        requireDigits(what, digits);
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " does not fit 64 bits: " + quote(digits), e);
        }
    }

    static void requireDigits(String what, String value) {
        if (!isDigits(value)) {
            throw new IllegalArgumentException(what + " is not a number: " + quote(value));
        }
    }

    static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /** The words of a line; several spaces count as one. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < line.length()) {
            int end = line.indexOf(' ', start);
            if (end < 0) {
                end = line.length();
            }
            if (end > start) {
                words.add(line.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }

    static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** What a message may show of a hostile value: short, and without control characters. */
    static String quote(String value) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(value.length(), 40); i++) {
            char c = value.charAt(i);
            shown.append(c < ' ' || c == 0x7F ? '?' : c);
        }
        return shown.append(value.length() > 40 ? "…'" : "'").toString();
    }

    private static void requireNotEmpty(String what, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }

    private static boolean isTokenChar(char c) {
        return c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
    }
}
