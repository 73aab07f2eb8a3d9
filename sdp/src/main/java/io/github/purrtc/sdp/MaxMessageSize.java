package io.github.purrtc.sdp;

/** The largest message a peer is willing to receive: {@code a=max-message-size} (RFC 8841 §6). */
public sealed interface MaxMessageSize {
    /** The attribute is absent: 65,536 bytes (RFC 8841 §6.1). */
    MaxMessageSize ABSENT = new Absent();

    /** The attribute is 0: messages of any size (RFC 8841 §6.1). */
    MaxMessageSize UNLIMITED = new Unlimited();

    /** The largest message in bytes; {@link Long#MAX_VALUE} where there is no limit. */
    long bytes();

    /** A limit of this many bytes, at least 1. */
    static MaxMessageSize of(long bytes) {
        return new Limit(bytes);
    }

    /** See {@link #ABSENT}. */
    record Absent() implements MaxMessageSize {
        @Override
        public long bytes() {
            return 65_536;
        }
    }

    /** See {@link #UNLIMITED}. */
    record Unlimited() implements MaxMessageSize {
        @Override
        public long bytes() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * A limit.
     *
     * @param bytes at least 1; what exceeds a {@code long} is read as {@link Long#MAX_VALUE}
     */
    record Limit(long bytes) implements MaxMessageSize {
        /** Requires a positive number. */
        public Limit {
            if (bytes < 1) {
                throw new IllegalArgumentException("a limit of " + bytes + " bytes");
            }
        }
    }
}
