package io.github.purrtc.examples;

import java.security.SecureRandom;

/** The codes of rooms: who knows one may enter. */
final class RoomCode {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 3;
    private static final int GROUP_CHARS = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RoomCode() {}

    /** A fresh one, of 59 random bits: {@code k7xm-2pqd-hw9e}. */
    static String random() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_CHARS; i++) {
            if (i > 0 && i % GROUP_CHARS == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** @throws IllegalArgumentException unless it has 4 to 64 letters, digits and dashes */
    static String require(String code) {
        if (!code.matches("[A-Za-z0-9-]{4,64}")) {
            throw new IllegalArgumentException("a room's code has 4 to 64 letters, digits and dashes");
        }
        return code;
    }
}
