package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * HEARTBEAT chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.5">RFC 9260 §3.3.5</a>.
 *
 * @param parameters what the sender wants to see again, in one Heartbeat Info parameter
 */
public record HeartbeatChunk(List<Parameter> parameters) implements Chunk {
    public static final int TYPE = 4;

    static HeartbeatChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new HeartbeatChunk(value.elements(Parameter::decode));
    }

    /** With so much information. */
    static int length(int infoLength) {
        return HEADER_LENGTH + Wire.TLV_HEADER_LENGTH + infoLength;
    }

    /** Writes what stands in front of the information. */
    static void writeHeader(ByteBuffer out, int infoLength) {
        Wire.chunkHeader(out, TYPE, 0, length(infoLength));
        out.putInt(HeartbeatInfoParameter.header(infoLength));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return Wire.listLength(parameters);
    }

    @Override
    public void writeValue(ByteBuffer out) {
        Wire.writeList(out, parameters);
    }
}
