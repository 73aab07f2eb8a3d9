package io.github.purrtc.sctp.packet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Re-configuration Response, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.4">RFC 6525 §4.4</a>.
 *
 * @param result one of the {@code RESULT_} constants, or what else the peer may say
 * @param nextTsns only in the answer to an SSN/TSN Reset Request
 */
public record ReConfigurationResponse(
        int responseSequenceNumber, long result, @Nullable NextTsns nextTsns) implements Parameter {
    public static final int TYPE = 16;

    public static final int RESULT_NOTHING_TO_DO = 0;
    public static final int RESULT_PERFORMED = 1;
    public static final int RESULT_DENIED = 2;
    public static final int RESULT_ERROR_WRONG_SSN = 3;
    public static final int RESULT_ERROR_REQUEST_ALREADY_IN_PROGRESS = 4;
    public static final int RESULT_ERROR_BAD_SEQUENCE_NUMBER = 5;
    public static final int RESULT_IN_PROGRESS = 6;

    /** The next TSNs that both sides will use after an SSN/TSN reset. */
    public record NextTsns(int sender, int receiver) {}

    /** A response without TSNs. */
    public ReConfigurationResponse(int responseSequenceNumber, long result) {
        this(responseSequenceNumber, result, null);
    }

    static ReConfigurationResponse decode(WireReader value) throws MalformedPacketException {
        int responseSequenceNumber = value.int32();
        long result = value.uint32();
        NextTsns nextTsns = value.remaining() == 0 ? null : new NextTsns(value.int32(), value.int32());
        return new ReConfigurationResponse(responseSequenceNumber, result, nextTsns);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return nextTsns == null ? 8 : 16;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(responseSequenceNumber);
        out.putInt((int) result);
        if (nextTsns != null) {
            out.putInt(nextTsns.sender);
            out.putInt(nextTsns.receiver);
        }
    }
}
