package io.github.purrtc.sdp;

import java.util.List;

/**
 * The line {@code o=}: who made the description, and which version of it this is (RFC 8866 §5.2).
 *
 * @param username a word, {@code -} for none
 * @param sessionId 64 bits, unsigned
 * @param sessionVersion 64 bits, unsigned; grows by one with each new offer or answer (RFC 3264 §8)
 * @param address where it was made
 */
public record Origin(String username, long sessionId, long sessionVersion, NetworkAddress address) {
    /** Requires a word as user name. */
    public Origin {
        Text.requireWord("user name", username);
    }

    /**
     * The origin of this library's first description: its name and version, the given id, version 1, no address
     * disclosed.
     *
     * @param sessionId random; 32 bits are what rawrtc takes, 63 are the most that RFC 9429 §5.2.1 allows
     */
    public static Origin purrtc(long sessionId) {
        return new Origin("sdpartanic-purrtc-" + Version.CURRENT, sessionId, 1, NetworkAddress.LOOPBACK);
    }

    /** The origin of the description that follows this one in the same session. */
    public Origin next() {
        return new Origin(username, sessionId, sessionVersion + 1, address);
    }

    static Origin parse(String value) {
        List<String> words = Text.words(value);
        if (words.size() != 6) {
            throw new IllegalArgumentException("o= has six words, not " + words.size());
        }
        return new Origin(
                words.get(0),
                Text.parseUnsignedLong("session id", words.get(1)),
                Text.parseUnsignedLong("session version", words.get(2)),
                NetworkAddress.parse(words.subList(3, 6)));
    }

    /** The value of the line {@code o=}. */
    @Override
    public String toString() {
        return username
                + ' '
                + Long.toUnsignedString(sessionId)
                + ' '
                + Long.toUnsignedString(sessionVersion)
                + ' '
                + address;
    }
}
