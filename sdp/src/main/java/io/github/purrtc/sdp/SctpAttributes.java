package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * What a description says of the SCTP association (RFC 8841 §5, §6).
 *
 * @param port the SCTP port, 1 to 65,535
 * @param sctpmapStreams how many streams {@code a=sctpmap} announces, 0 where nothing does
 * @param maxMessageSize the largest message its author receives
 * @param init its author's INIT, null where it comes in a packet; for today's dialect alone
 */
public record SctpAttributes(
        int port,
        int sctpmapStreams,
        MaxMessageSize maxMessageSize,
        @Nullable SctpInit init) {
    /** The port of all that was ever seen, and what an absent {@code a=sctp-port} is read as. */
    public static final int DEFAULT_PORT = 5000;

    /** Requires a port, and streams that can be. */
    public SctpAttributes {
        Text.requireRange("SCTP port", port, 1, 65_535);
        Text.requireRange("number of streams", sctpmapStreams, 0, 65_535);
    }

    /** Without an INIT. */
    public SctpAttributes(int port, int sctpmapStreams, MaxMessageSize maxMessageSize) {
        this(port, sctpmapStreams, maxMessageSize, null);
    }

    /** The same with this INIT, or with none. */
    public SctpAttributes withInit(@Nullable SctpInit other) {
        return new SctpAttributes(port, sctpmapStreams, maxMessageSize, other);
    }

    static MaxMessageSize parseMaxMessageSize(String digits) {
        Text.requireDigits("max-message-size", digits);
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        String significant = digits.substring(first);
        if (significant.isEmpty()) {
            return MaxMessageSize.UNLIMITED;
        }
        // Nineteen digits fit 64 bits unsigned; a number past a long's range is more than there will ever be to send.
        long bytes = significant.length() > 19 ? -1 : Long.parseUnsignedLong(significant);
        return MaxMessageSize.of(bytes < 0 ? Long.MAX_VALUE : bytes);
    }
}
