package io.github.purrtc.sdp;

import java.util.Base64;

/**
 * The value of {@code a=sctp-init} (draft-hancke-tsvwg-snap §4): the INIT chunk that a side of the association would send, in base64. It
 * is kept as it came, since who has no use for it has to ignore it, whatever is in it; {@link #chunk} says whether it is of use.
 *
 * @param base64 what stands behind the colon
 */
public record SctpInit(String base64) {
    /** The longest chunk, in bytes; that of any side seen so far has less than 100. */
    public static final int MAX_LENGTH = 2_048;

    private static final int MAX_CHARACTERS = (MAX_LENGTH + 2) / 3 * 4;

    /** Requires what can stand on one line. */
    public SctpInit {
        Text.requireOneLine("sctp-init", base64);
    }

    /** The attribute for this chunk, at most {@link #MAX_LENGTH} bytes of it. */
    public static SctpInit of(byte[] chunk) {
        Text.requireRange("length of sctp-init", chunk.length, 0, MAX_LENGTH);
        return new SctpInit(Base64.getEncoder().encodeToString(chunk));
    }

    /**
     * The chunk's bytes, of which nothing is known but their number.
     *
     * @throws IllegalArgumentException if the value is not base64 as RFC 8866 §9 has it, with padding, or too long
     */
    public byte[] chunk() {
        if (base64.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("sctp-init has more than " + MAX_CHARACTERS + " characters");
        }
        // The JDK's decoder takes a last group without its padding too.
        if (base64.length() % 4 != 0) {
            throw new IllegalArgumentException("sctp-init has no whole groups of base64: " + Text.quote(base64));
        }
        return Base64.getDecoder().decode(base64);
    }
}
