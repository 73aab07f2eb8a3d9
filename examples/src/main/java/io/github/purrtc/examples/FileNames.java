package io.github.purrtc.examples;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The names that a sender may give files: whatever it says, they are of one file in the receiver's directory. */
final class FileNames {
    /** What the beginning of a file is called. */
    static final String PART = ".purrtc-part";

    /** Most file systems take 255; there has to be room for {@link #PART} and a number. */
    private static final int MAX_BYTES = 200;

    private static final String FORBIDDEN = "<>:\"|?*";
    private static final Set<String> RESERVED = Set.of("CON", "PRN", "AUX", "NUL");

    private FileNames() {}

    /** The last name of a path of any system, without what a file system might take for something else. */
    static String sanitize(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder();
        last.codePoints().map(c -> isHarmless(c) ? c : '_').forEach(clean::appendCodePoint);
        String shortened = shorten(clean.toString());
        String trimmed = shortened.replaceAll("^[. -]+|[. ]+$", "");
        String stem = trimmed.replaceAll("\\..*", "").toUpperCase(Locale.ROOT);
        if (trimmed.isEmpty()) {
            return "file";
        }
        boolean reserved = RESERVED.contains(stem) || stem.matches("(COM|LPT)[0-9]");
        String safe = reserved ? "_" + trimmed : trimmed;
        return safe.toLowerCase(Locale.ROOT).endsWith(PART) ? safe + "_" : safe;
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && FORBIDDEN.indexOf(c) < 0;
    }

    /** Cuts before the extension, between characters. */
    private static String shorten(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - extension.length());
        int room = MAX_BYTES - bytes(extension);
        int end = 0;
        while (end < stem.length() && room >= bytes(stem, end)) {
            room -= bytes(stem, end);
            end = stem.offsetByCodePoints(end, 1);
        }
        return stem.substring(0, end) + extension;
    }

    /** Of the character at that place. */
    private static int bytes(String text, int index) {
        return bytes(Character.toString(text.codePointAt(index)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The same with a number: {@code cat (2).jpg}. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return stem + " (" + number + ")" + name.substring(stem.length());
    }
}
