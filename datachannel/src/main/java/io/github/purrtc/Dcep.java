package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A message of the data channel establishment protocol, RFC 8832 §5: of any bytes, {@link #decode} makes one of these. */
sealed interface Dcep {
    int TYPE_ACK = 0x02;
    int TYPE_OPEN = 0x03;

    int MAX_TEXT_BYTES = 65_535;

    static Dcep decode(ByteBuffer message) {
        if (!message.hasRemaining()) {
            return new Malformed("empty");
        }
        int type = message.get(message.position()) & 0xff;
        return switch (type) {
            case TYPE_OPEN -> Open.decode(message.slice());
            case TYPE_ACK ->
                message.remaining() == 1 ? new Ack() : new Malformed("DATA_CHANNEL_ACK is longer than 1 byte");
            default -> new Unknown(type);
        };
    }

    /** Throws a TypeError for a text that does not fit the 16-bit length of DATA_CHANNEL_OPEN. */
    static void requireShort(String what, String text) {
        int bytes = utf8(text).length;
        if (bytes > MAX_TEXT_BYTES) {
            throw new RtcException(
                    ErrorName.TYPE_ERROR, what + " is longer than 65,535 bytes of UTF-8: " + bytes + " bytes");
        }
    }

    /** With U+FFFD for a lone surrogate, as WebIDL's USVString has it. */
    static String scalarValues(String text) {
        return hasLoneSurrogate(text) ? replaceLoneSurrogates(text) : text;
    }

    static byte[] utf8(String text) {
        return scalarValues(text).getBytes(StandardCharsets.UTF_8);
    }

    static boolean hasLoneSurrogate(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    static String replaceLoneSurrogates(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * DATA_CHANNEL_OPEN, RFC 8832 §5.1.
     *
     * <pre>
     * |  Message Type |  Channel Type |            Priority           |
     * |                    Reliability Parameter                      |
     * |         Label Length          |       Protocol Length         |
     * |  Label … Protocol …
     * </pre>
     *
     * @param reliabilityParameter retransmissions or milliseconds, 0 to 2^32 - 1
     */
    record Open(
            Reliability reliability,
            boolean unordered,
            int priority,
            long reliabilityParameter,
            String label,
            String protocol)
            implements Dcep {
        private static final int HEADER = 12;
        private static final int UNORDERED = 0x80;

        static Open of(String label, DataChannelOptions options) {
            Reliability reliability = Reliability.RELIABLE;
            int parameter = 0;
            if (options.maxRetransmits().isPresent()) {
                reliability = Reliability.MAX_RETRANSMITS;
                parameter = options.maxRetransmits().getAsInt();
            } else if (options.maxPacketLifeTime().isPresent()) {
                reliability = Reliability.MAX_PACKET_LIFE_TIME;
                parameter = options.maxPacketLifeTime().getAsInt();
            }
            return new Open(
                    reliability, !options.ordered(), options.priority().value(), parameter, label, options.protocol());
        }

        /** What a channel of ours is like that mirrors it; parameters beyond 65,535 become that. */
        DataChannelOptions options() {
            DataChannelOptions.Builder options = DataChannelOptions.builder()
                    .ordered(!unordered)
                    .protocol(protocol)
                    .priority(DataChannelOptions.Priority.ofValue(priority));
            int parameter = (int) Math.min(reliabilityParameter, 65_535);
            switch (reliability) {
                case MAX_RETRANSMITS -> options.maxRetransmits(parameter);
                case MAX_PACKET_LIFE_TIME -> options.maxPacketLifeTime(parameter);
                case RELIABLE -> {}
            }
            return options.build();
        }

        ByteBuffer encode() {
            byte[] labelBytes = utf8(label);
            byte[] protocolBytes = utf8(protocol);
            return ByteBuffer.allocate(HEADER + labelBytes.length + protocolBytes.length)
                    .put((byte) TYPE_OPEN)
                    .put((byte) (reliability.code | (unordered ? UNORDERED : 0)))
                    .putShort((short) priority)
                    .putInt((int) reliabilityParameter)
                    .putShort((short) labelBytes.length)
                    .putShort((short) protocolBytes.length)
                    .put(labelBytes)
                    .put(protocolBytes)
                    .flip();
        }

        private static Dcep decode(ByteBuffer in) {
            if (in.remaining() < HEADER) {
                return new Malformed("DATA_CHANNEL_OPEN is shorter than 12 bytes");
            }
            in.get();
            int channelType = in.get() & 0xff;
            Reliability reliability = Reliability.of(channelType & ~UNORDERED);
            if (reliability == null) {
                return new Malformed("channel type " + channelType);
            }
            int priority = in.getShort() & 0xffff;
            long parameter = in.getInt() & 0xffff_ffffL;
            int labelLength = in.getShort() & 0xffff;
            int protocolLength = in.getShort() & 0xffff;
            if (in.remaining() != labelLength + protocolLength) {
                return new Malformed("the lengths of label and protocol do not add up to the message's");
            }
            try {
                String label = text(in, labelLength);
                String protocol = text(in, protocolLength);
                return new Open(reliability, (channelType & UNORDERED) != 0, priority, parameter, label, protocol);
            } catch (CharacterCodingException e) {
                return new Malformed("label or protocol is not UTF-8");
            }
        }

        private static String text(ByteBuffer in, int length) throws CharacterCodingException {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(in.slice(in.position(), length));
            in.position(in.position() + length);
            return chars.toString();
        }
    }

    /** DATA_CHANNEL_ACK, RFC 8832 §5.2. */
    record Ack() implements Dcep {
        ByteBuffer encode() {
            return ByteBuffer.wrap(new byte[] {TYPE_ACK});
        }
    }

    /** A message of a type that RFC 8832 does not define. */
    record Unknown(int type) implements Dcep {}

    /** What is no message of the protocol. */
    record Malformed(String reason) implements Dcep {}

    /** The low bits of the channel type, RFC 8832 §5.1. */
    enum Reliability {
        RELIABLE(0),
        MAX_RETRANSMITS(1),
        MAX_PACKET_LIFE_TIME(2);

        private final int code;

        Reliability(int code) {
            this.code = code;
        }

        static @Nullable Reliability of(int code) {
            return switch (code) {
                case 0 -> RELIABLE;
                case 1 -> MAX_RETRANSMITS;
                case 2 -> MAX_PACKET_LIFE_TIME;
                default -> null;
            };
        }
    }
}
