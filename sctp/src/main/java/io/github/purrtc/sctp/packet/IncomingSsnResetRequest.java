package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Incoming SSN Reset Request, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.2">RFC 6525 §4.2</a>.
 *
 * @param streamIds the streams to reset, none for all; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record IncomingSsnResetRequest(int requestSequenceNumber, int[] streamIds) implements Parameter {
    public static final int TYPE = 14;

    static IncomingSsnResetRequest decode(WireReader value) throws MalformedPacketException {
        return new IncomingSsnResetRequest(value.int32(), value.uint16s());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4 + 2 * streamIds.length;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(requestSequenceNumber);
        for (int streamId : streamIds) {
            out.putShort((short) streamId);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncomingSsnResetRequest request
                && requestSequenceNumber == request.requestSequenceNumber
                && Arrays.equals(streamIds, request.streamIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(requestSequenceNumber, Arrays.hashCode(streamIds));
    }
}
