package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * HEARTBEAT ACK chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.6">RFC 9260 §3.3.6</a>.
 *
 * @param parameters what the sender wants to see again, in one Heartbeat Info parameter
 */
public record HeartbeatAckChunk(List<Parameter> parameters) implements Chunk {
    public static final int TYPE = 5;

    static HeartbeatAckChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new HeartbeatAckChunk(value.elements(Parameter::decode));
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
