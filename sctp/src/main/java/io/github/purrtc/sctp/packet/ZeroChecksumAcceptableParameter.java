package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Zero Checksum Acceptable, <a href="https://www.rfc-editor.org/rfc/rfc9653#section-4">RFC 9653 §4</a>.
 *
 * @param errorDetectionMethod what protects the packets instead: 1 is SCTP over DTLS
 */
public record ZeroChecksumAcceptableParameter(int errorDetectionMethod) implements Parameter {
    public static final int TYPE = 0x8001;

    /** SCTP over DTLS, the one Error Detection Method Identifier there is. */
    public static final int DTLS = 1;

    static ZeroChecksumAcceptableParameter decode(WireReader value) throws MalformedPacketException {
        return new ZeroChecksumAcceptableParameter(value.int32());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(errorDetectionMethod);
    }
}
