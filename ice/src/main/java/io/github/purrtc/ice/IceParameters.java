package io.github.purrtc.ice;

/**
 * One side's ICE credentials.
 *
 * @param usernameFragment 4 to 256 ice-chars (RFC 8839 §5.4)
 * @param password 22 to 256 ice-chars
 * @param lite whether this side is an ICE-lite implementation (RFC 8445 §2.5)
 * @param renomination whether this side follows nominations by their number (draft-thatcher-ice-renomination, the option
 *     {@code renomination} of {@code a=ice-options})
 */
public record IceParameters(String usernameFragment, String password, boolean lite, boolean renomination) {

    private static final int MAX_LENGTH = 256;

    /** @throws IllegalArgumentException if the fragment or the password is not of that form */
    public IceParameters {
        if (!isIceChars(usernameFragment, 4)) {
            throw new IllegalArgumentException("ICE username fragment must be 4 to 256 letters, digits, '+' or '/'");
        }
        if (!isIceChars(password, 22)) {
            throw new IllegalArgumentException("ICE password must be 22 to 256 letters, digits, '+' or '/'");
        }
    }

    /** Without renomination. */
    public IceParameters(String usernameFragment, String password, boolean lite) {
        this(usernameFragment, password, lite, false);
    }

    static boolean isIceChars(String text, int minLength) {
        return text.length() >= minLength
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(IceParameters::isIceChar);
    }

    private static boolean isIceChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    /** Leaves the password out: what is printed ends up in logs. */
    @Override
    public String toString() {
        return "IceParameters[usernameFragment=" + usernameFragment + ", lite=" + lite + ", renomination="
                + renomination + "]";
    }
}
