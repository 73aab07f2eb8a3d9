package io.github.purrtc.sdp;

/**
 * ICE user name fragment and password (RFC 8839 §5.4).
 *
 * @param ufrag 4 to 256 ice-chars (letters, digits, {@code +} and {@code /})
 * @param pwd 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String pwd) {
    /** Requires ice-chars, and as many of them as the standard asks for. */
    public IceCredentials {
        requireUfrag(ufrag);
        requirePwd(pwd);
    }

    static String requireUfrag(String ufrag) {
        return requireIceChars("ice-ufrag", ufrag, 4);
    }

    static String requirePwd(String pwd) {
        return requireIceChars("ice-pwd", pwd, 22);
    }

    private static String requireIceChars(String what, String value, int minLength) {
        if (value.length() < minLength || value.length() > 256) {
            throw new ContentException(what + " has " + minLength + " to 256 characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Text.isAlphanumeric(c) && c != '+' && c != '/') {
                throw new ContentException(what + " holds a character that is no ice-char at index " + i);
            }
        }
        return value;
    }
}
