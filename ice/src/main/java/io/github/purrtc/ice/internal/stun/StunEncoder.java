package io.github.purrtc.ice.internal.stun;

import io.github.purrtc.ice.IceRole;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** Writes one STUN message: attributes in the order of the calls, then integrity and fingerprint, then it is done. */
public final class StunEncoder {

    private static final byte[] EMPTY = {};

    private final TransactionId id;
    private ByteBuffer out = ByteBuffer.allocate(256);

    public StunEncoder(StunClass messageClass, TransactionId id) {
        this(messageClass, Stun.BINDING, id);
    }

    public StunEncoder(StunClass messageClass, int method, TransactionId id) {
        this.id = id;
        out.putShort((short) messageClass.messageType(method))
                .putShort((short) 0)
                .putInt(Stun.MAGIC_COOKIE);
        out.putInt(id.high()).putLong(id.low());
    }

    public StunEncoder username(String username) {
        return attribute(Stun.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    public StunEncoder priority(long priority) {
        return attribute(Stun.PRIORITY, integer((int) priority));
    }

    public StunEncoder useCandidate() {
        return attribute(Stun.USE_CANDIDATE, EMPTY);
    }

    public StunEncoder role(IceRole role, long tieBreaker) {
        int type = role == IceRole.CONTROLLING ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED;
        return attribute(type, ByteBuffer.allocate(8).putLong(tieBreaker).array());
    }

    public StunEncoder xorMappedAddress(InetSocketAddress address) {
        return attribute(Stun.XOR_MAPPED_ADDRESS, StunAddress.write(address, StunAddress.mask(id)));
    }

    /** An attribute of the form of XOR-MAPPED-ADDRESS. */
    public StunEncoder xorAddress(int type, InetSocketAddress address) {
        return attribute(type, StunAddress.write(address, StunAddress.mask(id)));
    }

    public StunEncoder mappedAddress(InetSocketAddress address) {
        return attribute(Stun.MAPPED_ADDRESS, StunAddress.write(address, new byte[16]));
    }

    public StunEncoder errorCode(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(4 + text.length);
        value.putShort((short) 0)
                .put((byte) (code / 100))
                .put((byte) (code % 100))
                .put(text);
        return attribute(Stun.ERROR_CODE, value.array());
    }

    public StunEncoder unknownAttributes(List<Integer> types) {
        ByteBuffer value = ByteBuffer.allocate(2 * types.size());
        types.forEach(type -> value.putShort(type.shortValue()));
        return attribute(Stun.UNKNOWN_ATTRIBUTES, value.array());
    }

    public StunEncoder nomination(long value) {
        return attribute(Stun.NOMINATION, integer((int) value));
    }

    /** Any attribute, as it is. */
    public StunEncoder attribute(int type, byte[] value) {
        int padded = (value.length + 3) & ~3;
        if (out.remaining() < 4 + padded) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (out.capacity() + 4 + padded));
            out = larger.put(out.flip());
        }
        out.putShort((short) type).putShort((short) value.length).put(value);
        out.position(out.position() + padded - value.length);
        return length();
    }

    /** RFC 8489 §14.5. */
    public StunEncoder integrity(ShortTermKey key) {
        int offset = out.position();
        attribute(Stun.MESSAGE_INTEGRITY, new byte[ShortTermKey.HMAC_LENGTH]);
        key.sign(out.array(), offset);
        return this;
    }

    /** RFC 8489 §14.7. */
    public StunEncoder fingerprint() {
        int offset = out.position();
        attribute(Stun.FINGERPRINT, new byte[4]);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, offset);
        out.putInt(offset + 4, (int) crc.getValue() ^ Stun.FINGERPRINT_XOR);
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private StunEncoder length() {
        out.putShort(2, (short) (out.position() - Stun.HEADER_LENGTH));
        return this;
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
