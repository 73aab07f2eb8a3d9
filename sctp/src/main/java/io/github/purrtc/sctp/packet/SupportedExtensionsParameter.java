package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Supported Extensions, <a href="https://www.rfc-editor.org/rfc/rfc5061#section-4.2.7">RFC 5061 §4.2.7</a>.
 *
 * @param chunkTypes one byte for each chunk type that the sender supports beyond RFC 9260
 */
public record SupportedExtensionsParameter(Bytes chunkTypes) implements Parameter {
    public static final int TYPE = 0x8008;

    static SupportedExtensionsParameter decode(WireReader value) throws MalformedPacketException {
        return new SupportedExtensionsParameter(value.rest());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return chunkTypes.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        chunkTypes.writeTo(out);
    }

    public static SupportedExtensionsParameter of(int... chunkTypes) {
        byte[] types = new byte[chunkTypes.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = (byte) chunkTypes[i];
        }
        return new SupportedExtensionsParameter(Bytes.copyOf(types));
    }

    public boolean supports(int chunkType) {
        for (int i = 0; i < chunkTypes.length(); i++) {
            if (chunkTypes.unsignedByteAt(i) == chunkType) {
                return true;
            }
        }
        return false;
    }
}
