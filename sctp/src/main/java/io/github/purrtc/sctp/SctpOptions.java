package io.github.purrtc.sctp;

import java.util.Objects;

/** What an association is set up with; the defaults are those of WebRTC. Times are in nanoseconds, sizes in bytes. Immutable. */
public final class SctpOptions {
    /** The least window an INIT may announce: RFC 9260 §3.3.2. */
    private static final int MIN_RECEIVE_WINDOW = 1500;

    private static final int MIN_PACKET_SIZE = 512;
    private static final int MAX_STREAMS = 65_535;
    private static final long MAX_NANOS = 86_400_000_000_000L;

    private final Builder values;

    private SctpOptions(Builder values) {
        this.values = values;
    }

    /** With everything as in {@link #defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** What suits data channels. */
    public static SctpOptions defaults() {
        return builder().build();
    }

    /** The own SCTP port. */
    public int sourcePort() {
        return values.sourcePort;
    }

    /** The peer's SCTP port. */
    public int destinationPort() {
        return values.destinationPort;
    }

    /**
     * The largest SCTP packet, common header included; rounded down to a multiple of 4. If it is larger than {@link #basePacketSize}, the
     * path is probed for what it carries up to that (RFC 8899).
     */
    public int maxPacketSize() {
        return values.maxPacketSize;
    }

    /** The SCTP packet that any path is taken to carry, no larger than {@link #maxPacketSize}; rounded down to a multiple of 4. */
    public int basePacketSize() {
        return Math.min(values.basePacketSize, values.maxPacketSize);
    }

    /**
     * What may be received and not yet taken, in bytes of user data; at first, if {@link #maxReceiveWindow} is larger. The memory in use may be
     * twice as much, where the data is in parts of 128 bytes; smaller ones count as that much each.
     */
    public long receiveWindow() {
        return values.receiveWindow;
    }

    /**
     * What {@link #receiveWindow} grows to, if that is larger, where the path delivers and the reader takes so much that a smaller one would
     * hold the sender back, and as far as {@link #sharedMemory} has it.
     */
    public long maxReceiveWindow() {
        return Math.max(values.maxReceiveWindow, values.receiveWindow);
    }

    /** Where a window that grows takes its memory from. */
    public SharedMemory sharedMemory() {
        return values.sharedMemory;
    }

    /** What may be accepted and neither acknowledged nor abandoned, in bytes. */
    public long sendBufferLimit() {
        return values.sendBufferLimit;
    }

    /** The largest message taken in; a larger one aborts the association. */
    public int maxInboundMessageSize() {
        return values.maxInboundMessageSize;
    }

    /** The largest message accepted for sending; Long.MAX_VALUE: no limit. */
    public long maxOutboundMessageSize() {
        return values.maxOutboundMessageSize;
    }

    /** The streams asked for to send on. */
    public int outboundStreams() {
        return values.outboundStreams;
    }

    /** The most streams the peer may send on. */
    public int inboundStreams() {
        return values.inboundStreams;
    }

    /** RTO.Initial. */
    public long rtoInitialNanos() {
        return values.rtoInitialNanos;
    }

    /** RTO.Min. */
    public long rtoMinNanos() {
        return values.rtoMinNanos;
    }

    /** RTO.Max. */
    public long rtoMaxNanos() {
        return values.rtoMaxNanos;
    }

    /**
     * How many times the timeout that was measured is the most to which expirations of T3-rtx, T1 and T2 double it; 0: RTO.Max alone bounds it, as
     * RFC 9260 §6.3.3 has it. Where something else ends the association on a dead path (consent checks of ICE), doubling without end
     * only means that the path stays unused long after an outage.
     */
    public int maxRtoBackoff() {
        return values.maxRtoBackoff;
    }

    /** How long the SACK for a lone packet may wait for a second one. */
    public long sackDelayNanos() {
        return values.sackDelayNanos;
    }

    /** HB.interval; 0: no heartbeats. */
    public long heartbeatIntervalNanos() {
        return values.heartbeatIntervalNanos;
    }

    /** Max.Init.Retransmits, for INIT and for COOKIE ECHO. */
    public int maxInitRetransmits() {
        return values.maxInitRetransmits;
    }

    /** Association.Max.Retrans; Integer.MAX_VALUE: without limit. */
    public int associationMaxRetransmits() {
        return values.associationMaxRetransmits;
    }

    /** Valid.Cookie.Life. */
    public long validCookieLifeNanos() {
        return values.validCookieLifeNanos;
    }

    /** The initial congestion window, in full packets. */
    public int initialWindowPackets() {
        return values.initialWindowPackets;
    }

    /**
     * Max.Burst (RFC 9260 §6.1 D): how many full packets of new data go out at one occasion, a SACK, a timeout, or after idleness; 0: as
     * many as the windows have room for, which suits layers below that send bursts as one.
     */
    public int maxBurstPackets() {
        return values.maxBurstPackets;
    }

    /** Whether I-DATA (RFC 8260) is used with a peer that knows it: then a large message does not hold up others. */
    public boolean interleaving() {
        return values.interleaving;
    }

    /** Whose turn it is among the streams. */
    public StreamScheduling scheduling() {
        return values.scheduling;
    }

    /**
     * Whether packets go without a CRC32c where the peer allows it, and whether it is told that it may leave it out (RFC 9653). Only for
     * an association over DTLS, whose authentication finds every error a checksum would; as the association cannot see what carries it,
     * this is off unless set.
     */
    public boolean zeroChecksum() {
        return values.zeroChecksum;
    }

    /** How the congestion window grows and shrinks. */
    public CongestionAlgorithm congestionControl() {
        return values.congestionControl;
    }

    /** Collects options; see the accessors of {@link SctpOptions} for what each one means. */
    public static final class Builder {
        private int sourcePort = 5000;
        private int destinationPort = 5000;
        private int maxPacketSize = 1160;
        private int basePacketSize = 1160;
        private long receiveWindow = 5L << 20;
        private long maxReceiveWindow;
        private SharedMemory sharedMemory = SharedMemory.UNBOUNDED;
        private long sendBufferLimit = 16L << 20;
        private int maxInboundMessageSize = 16 << 20;
        private long maxOutboundMessageSize = Long.MAX_VALUE;
        private int outboundStreams = 65_535;
        private int inboundStreams = 65_535;
        private long rtoInitialNanos = 500_000_000;
        private long rtoMinNanos = 200_000_000;
        private long rtoMaxNanos = 60_000_000_000L;
        private int maxRtoBackoff;
        private long sackDelayNanos = 20_000_000;
        private long heartbeatIntervalNanos = 30_000_000_000L;
        private int maxInitRetransmits = 8;
        private int associationMaxRetransmits = 10;
        private long validCookieLifeNanos = 60_000_000_000L;
        private int initialWindowPackets = 10;
        private int maxBurstPackets;
        private boolean interleaving = true;
        private StreamScheduling scheduling = StreamScheduling.WEIGHTED_FAIR;
        private boolean zeroChecksum;
        private CongestionAlgorithm congestionControl = CongestionAlgorithm.NEW_RENO;

        private Builder() {}

        private Builder(Builder other) {
            sourcePort = other.sourcePort;
            destinationPort = other.destinationPort;
            maxPacketSize = other.maxPacketSize;
            basePacketSize = other.basePacketSize;
            receiveWindow = other.receiveWindow;
            maxReceiveWindow = other.maxReceiveWindow;
            sharedMemory = other.sharedMemory;
            sendBufferLimit = other.sendBufferLimit;
            maxInboundMessageSize = other.maxInboundMessageSize;
            maxOutboundMessageSize = other.maxOutboundMessageSize;
            outboundStreams = other.outboundStreams;
            inboundStreams = other.inboundStreams;
            rtoInitialNanos = other.rtoInitialNanos;
            rtoMinNanos = other.rtoMinNanos;
            rtoMaxNanos = other.rtoMaxNanos;
            maxRtoBackoff = other.maxRtoBackoff;
            sackDelayNanos = other.sackDelayNanos;
            heartbeatIntervalNanos = other.heartbeatIntervalNanos;
            maxInitRetransmits = other.maxInitRetransmits;
            associationMaxRetransmits = other.associationMaxRetransmits;
            validCookieLifeNanos = other.validCookieLifeNanos;
            initialWindowPackets = other.initialWindowPackets;
            maxBurstPackets = other.maxBurstPackets;
            interleaving = other.interleaving;
            scheduling = other.scheduling;
            zeroChecksum = other.zeroChecksum;
            congestionControl = other.congestionControl;
        }

        /** Sets {@link SctpOptions#sourcePort}. */
        public Builder sourcePort(int value) {
            sourcePort = (int) requireRange("sourcePort", value, 1, 65_535);
            return this;
        }

        /** Sets {@link SctpOptions#destinationPort}. */
        public Builder destinationPort(int value) {
            destinationPort = (int) requireRange("destinationPort", value, 1, 65_535);
            return this;
        }

        /** Sets {@link SctpOptions#maxPacketSize}. */
        public Builder maxPacketSize(int value) {
            maxPacketSize = (int) requireRange("maxPacketSize", value, MIN_PACKET_SIZE, 65_535) & ~3;
            return this;
        }

        /** Sets {@link SctpOptions#basePacketSize}. */
        public Builder basePacketSize(int value) {
            basePacketSize = (int) requireRange("basePacketSize", value, MIN_PACKET_SIZE, 65_535) & ~3;
            return this;
        }

        /** Sets {@link SctpOptions#receiveWindow}. */
        public Builder receiveWindow(long value) {
            receiveWindow = requireRange("receiveWindow", value, MIN_RECEIVE_WINDOW, 1L << 31);
            return this;
        }

        /** Sets {@link SctpOptions#maxReceiveWindow}. */
        public Builder maxReceiveWindow(long value) {
            maxReceiveWindow = requireRange("maxReceiveWindow", value, MIN_RECEIVE_WINDOW, 1L << 31);
            return this;
        }

        /** Sets {@link SctpOptions#sharedMemory}. */
        public Builder sharedMemory(SharedMemory value) {
            sharedMemory = Objects.requireNonNull(value, "sharedMemory");
            return this;
        }

        /** Sets {@link SctpOptions#sendBufferLimit}. */
        public Builder sendBufferLimit(long value) {
            sendBufferLimit = requireRange("sendBufferLimit", value, 1, Long.MAX_VALUE >> 1);
            return this;
        }

        /** Sets {@link SctpOptions#maxInboundMessageSize}. */
        public Builder maxInboundMessageSize(int value) {
            maxInboundMessageSize = (int) requireRange("maxInboundMessageSize", value, 1, Integer.MAX_VALUE - 16);
            return this;
        }

        /** Sets {@link SctpOptions#maxOutboundMessageSize}. */
        public Builder maxOutboundMessageSize(long value) {
            maxOutboundMessageSize = requireRange("maxOutboundMessageSize", value, 1, Long.MAX_VALUE);
            return this;
        }

        /** Sets {@link SctpOptions#outboundStreams}. */
        public Builder outboundStreams(int value) {
            outboundStreams = (int) requireRange("outboundStreams", value, 1, MAX_STREAMS);
            return this;
        }

        /** Sets {@link SctpOptions#inboundStreams}. */
        public Builder inboundStreams(int value) {
            inboundStreams = (int) requireRange("inboundStreams", value, 1, MAX_STREAMS);
            return this;
        }

        /** Sets {@link SctpOptions#rtoInitialNanos}. */
        public Builder rtoInitialNanos(long value) {
            rtoInitialNanos = requireRange("rtoInitialNanos", value, 1, MAX_NANOS);
            return this;
        }

        /** Sets {@link SctpOptions#rtoMinNanos}. */
        public Builder rtoMinNanos(long value) {
            rtoMinNanos = requireRange("rtoMinNanos", value, 1, MAX_NANOS);
            return this;
        }

        /** Sets {@link SctpOptions#rtoMaxNanos}. */
        public Builder rtoMaxNanos(long value) {
            rtoMaxNanos = requireRange("rtoMaxNanos", value, 1, MAX_NANOS);
            return this;
        }

        /** Sets {@link SctpOptions#maxRtoBackoff}. */
        public Builder maxRtoBackoff(int value) {
            maxRtoBackoff = (int) requireRange("maxRtoBackoff", value, 0, 1000);
            return this;
        }

        /** Sets {@link SctpOptions#sackDelayNanos}. */
        public Builder sackDelayNanos(long value) {
            sackDelayNanos = requireRange("sackDelayNanos", value, 0, 500_000_000);
            return this;
        }

        /** Sets {@link SctpOptions#heartbeatIntervalNanos}. */
        public Builder heartbeatIntervalNanos(long value) {
            heartbeatIntervalNanos = requireRange("heartbeatIntervalNanos", value, 0, MAX_NANOS);
            return this;
        }

        /** Sets {@link SctpOptions#maxInitRetransmits}. */
        public Builder maxInitRetransmits(int value) {
            maxInitRetransmits = (int) requireRange("maxInitRetransmits", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link SctpOptions#associationMaxRetransmits}. */
        public Builder associationMaxRetransmits(int value) {
            associationMaxRetransmits = (int) requireRange("associationMaxRetransmits", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link SctpOptions#validCookieLifeNanos}. */
        public Builder validCookieLifeNanos(long value) {
            validCookieLifeNanos = requireRange("validCookieLifeNanos", value, 1, MAX_NANOS);
            return this;
        }

        /** Sets {@link SctpOptions#initialWindowPackets}. */
        public Builder initialWindowPackets(int value) {
            initialWindowPackets = (int) requireRange("initialWindowPackets", value, 1, 1000);
            return this;
        }

        /** Sets {@link SctpOptions#maxBurstPackets}. */
        public Builder maxBurstPackets(int value) {
            maxBurstPackets = (int) requireRange("maxBurstPackets", value, 0, 1000);
            return this;
        }

        /** Sets {@link SctpOptions#interleaving}. */
        public Builder interleaving(boolean value) {
            interleaving = value;
            return this;
        }

        /** Sets {@link SctpOptions#scheduling}. */
        public Builder scheduling(StreamScheduling value) {
            scheduling = Objects.requireNonNull(value, "scheduling");
            return this;
        }

        /** Sets {@link SctpOptions#zeroChecksum}. */
        public Builder zeroChecksum(boolean value) {
            zeroChecksum = value;
            return this;
        }

        /** Sets {@link SctpOptions#congestionControl}. */
        public Builder congestionControl(CongestionAlgorithm value) {
            congestionControl = Objects.requireNonNull(value, "congestionControl");
            return this;
        }

        /**
         * The options as they are now.
         *
         * @throws IllegalArgumentException if RTO.Min is larger than RTO.Max
         */
        public SctpOptions build() {
            if (rtoMinNanos > rtoMaxNanos) {
                throw new IllegalArgumentException(
                        "rtoMinNanos is larger than rtoMaxNanos: " + rtoMinNanos + ", " + rtoMaxNanos);
            }
            return new SctpOptions(new Builder(this));
        }

        private static long requireRange(String name, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + " is not from " + least + " to " + most + ": " + value);
            }
            return value;
        }
    }
}
