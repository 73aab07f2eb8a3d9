package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Outgoing SSN Reset Request, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.1">RFC 6525 §4.1</a>.
 *
 * @param requestSequenceNumber of this request
 * @param responseSequenceNumber of the incoming request that this one answers, or the next expected minus 1
 * @param lastAssignedTsn the next TSN of the sender minus 1
 * @param streamIds the streams to reset, none for all; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingSsnResetRequest(
        int requestSequenceNumber, int responseSequenceNumber, int lastAssignedTsn, int[] streamIds)
        implements Parameter {
    public static final int TYPE = 13;

    static OutgoingSsnResetRequest decode(WireReader value) throws MalformedPacketException {
        return new OutgoingSsnResetRequest(value.int32(), value.int32(), value.int32(), value.uint16s());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 12 + 2 * streamIds.length;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(requestSequenceNumber);
        out.putInt(responseSequenceNumber);
        out.putInt(lastAssignedTsn);
        for (int streamId : streamIds) {
            out.putShort((short) streamId);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutgoingSsnResetRequest request
                && requestSequenceNumber == request.requestSequenceNumber
                && responseSequenceNumber == request.responseSequenceNumber
                && lastAssignedTsn == request.lastAssignedTsn
                && Arrays.equals(streamIds, request.streamIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(requestSequenceNumber, responseSequenceNumber, lastAssignedTsn, Arrays.hashCode(streamIds));
    }
}
