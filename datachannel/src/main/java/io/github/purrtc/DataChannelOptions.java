package io.github.purrtc;

import java.util.OptionalInt;

/** How a data channel is to deliver: webrtc-pc §6.2, {@code RTCDataChannelInit}. */
public final class DataChannelOptions {
    /** Reliable, ordered, announced in-band. */
    public static final DataChannelOptions DEFAULT = builder().build();

    private static final int MAX_UNSIGNED_SHORT = 65_535;
    private static final int MAX_ID = 65_534;

    private final boolean ordered;
    private final OptionalInt maxPacketLifeTime;
    private final OptionalInt maxRetransmits;
    private final String protocol;
    private final boolean negotiated;
    private final OptionalInt id;
    private final Priority priority;

    private DataChannelOptions(Builder builder) {
        ordered = builder.ordered;
        maxPacketLifeTime = builder.maxPacketLifeTime;
        maxRetransmits = builder.maxRetransmits;
        protocol = builder.protocol;
        negotiated = builder.negotiated;
        id = builder.id;
        priority = builder.priority;
    }

    /** With everything as in {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether messages are delivered in the order in which they were sent. */
    public boolean ordered() {
        return ordered;
    }

    /** For how many milliseconds a message may be (re)transmitted; empty: for ever. */
    public OptionalInt maxPacketLifeTime() {
        return maxPacketLifeTime;
    }

    /** How often a message may be retransmitted; empty: for ever. */
    public OptionalInt maxRetransmits() {
        return maxRetransmits;
    }

    /** The protocol that the channel speaks; empty if none was named. */
    public String protocol() {
        return protocol;
    }

    /** Whether both sides make the channel by themselves, with the same {@link #id}. */
    public boolean negotiated() {
        return negotiated;
    }

    /** The id of the stream, where it was agreed on outside of the connection. */
    public OptionalInt id() {
        return id;
    }

    /** The weight against other channels of the connection. */
    public Priority priority() {
        return priority;
    }

    /** The weight of a channel's messages against other channels': RFC 8831 §6.4. */
    public enum Priority {
        /** Half of {@link #LOW}. */
        VERY_LOW(128),
        /** What channels have unless said otherwise. */
        LOW(256),
        /** Twice {@link #LOW}. */
        MEDIUM(512),
        /** Four times {@link #LOW}. */
        HIGH(1024);

        private final int value;

        Priority(int value) {
            this.value = value;
        }

        /** The number that DATA_CHANNEL_OPEN carries. */
        public int value() {
            return value;
        }

        static Priority ofValue(int value) {
            for (Priority priority : values()) {
                if (value <= priority.value) {
                    return priority;
                }
            }
            return HIGH;
        }
    }

    /** Collects the options. Each method throws an {@link RtcException} (TypeError) for what is out of range. */
    public static final class Builder {
        private boolean ordered = true;
        private OptionalInt maxPacketLifeTime = OptionalInt.empty();
        private OptionalInt maxRetransmits = OptionalInt.empty();
        private String protocol = "";
        private boolean negotiated;
        private OptionalInt id = OptionalInt.empty();
        private Priority priority = Priority.LOW;

        private Builder() {}

        /** Sets whether messages are delivered in the order in which they were sent; they are unless said otherwise. */
        public Builder ordered(boolean ordered) {
            this.ordered = ordered;
            return this;
        }

        /** Gives up a message after this time.
         *
         * @param millis 0 to 65,535
         */
        public Builder maxPacketLifeTime(int millis) {
            maxPacketLifeTime = OptionalInt.of(inRange("maxPacketLifeTime", millis, MAX_UNSIGNED_SHORT));
            return this;
        }

        /** Gives up a message after so many retransmissions.
         *
         * @param count 0 to 65,535
         */
        public Builder maxRetransmits(int count) {
            maxRetransmits = OptionalInt.of(inRange("maxRetransmits", count, MAX_UNSIGNED_SHORT));
            return this;
        }

        /** Names the protocol that the channel speaks.
         *
         * @param protocol at most 65,535 bytes of UTF-8
         */
        public Builder protocol(String protocol) {
            Dcep.requireShort("protocol", protocol);
            this.protocol = Dcep.scalarValues(protocol);
            return this;
        }

        /**
         * Makes the channel by agreement outside of the connection; the peer must make one with the same id.
         *
         * @param id 0 to 65,534
         */
        public Builder negotiated(int id) {
            this.id = OptionalInt.of(inRange("id", id, MAX_ID));
            negotiated = true;
            return this;
        }

        /** Sets the weight against other channels of the connection. */
        public Builder priority(Priority priority) {
            this.priority = priority;
            return this;
        }

        /**
         * The options.
         *
         * @throws RtcException TypeError, if both a lifetime and a number of retransmissions are set
         */
        public DataChannelOptions build() {
            if (maxPacketLifeTime.isPresent() && maxRetransmits.isPresent()) {
                throw new RtcException(
                        ErrorName.TYPE_ERROR, "maxPacketLifeTime and maxRetransmits exclude each other: set one");
            }
            return new DataChannelOptions(this);
        }

        private static int inRange(String name, int value, int max) {
            if (value < 0 || value > max) {
                throw new RtcException(ErrorName.TYPE_ERROR, name + " must be 0 to " + max + ", not " + value);
            }
            return value;
        }
    }
}
