package io.github.purrtc.ice.internal.stun;

import io.github.purrtc.ice.IceRole;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StunProperties {

    private static final String PASSWORD = "0123456789012345678901";

    @Property
    void aRequestIsReadAsItWasWritten(
            @ForAll int high,
            @ForAll long low,
            @ForAll @StringLength(max = 513) @AlphaChars String username,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long priority,
            @ForAll boolean useCandidate,
            @ForAll IceRole role,
            @ForAll long tieBreaker,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long nomination,
            @ForAll @IntRange(min = 0xC002, max = 0xFFFF) int type,
            @ForAll @Size(max = 40) byte[] value) {
        ShortTermKey key = new ShortTermKey(PASSWORD);
        StunEncoder encoder = new StunEncoder(StunClass.REQUEST, new TransactionId(high, low))
                .username(username)
                .priority(priority)
                .role(role, tieBreaker)
                .nomination(nomination)
                .attribute(type, value);
        if (useCandidate) {
            encoder.useCandidate();
        }
        StunMessage read =
                StunVectorsTest.read(encoder.integrity(key).fingerprint().toBytes());
        assertEquals(new TransactionId(high, low), read.id());
        assertEquals(username, read.username());
        assertEquals(priority, read.priority());
        assertEquals(useCandidate, read.useCandidate());
        assertEquals(role, read.role());
        assertEquals(tieBreaker, read.tieBreaker());
        assertEquals(nomination, read.nomination());
        assertEquals(1, read.others().size());
        assertEquals(type, read.others().get(0).type());
        assertArrayEquals(value, read.others().get(0).value());
        assertTrue(read.hasFingerprint() && read.isAuthentic(key));
    }

    @Property
    void aResponseIsReadAsItWasWritten(
            @ForAll int high,
            @ForAll long low,
            @ForAll("addresses") InetSocketAddress address,
            @ForAll boolean xor,
            @ForAll @IntRange(min = 300, max = 699) int code,
            @ForAll @StringLength(max = 100) @AlphaChars String reason,
            @ForAll @Size(max = 9) List<@IntRange(max = 0xFFFF) Integer> unknown) {
        StunEncoder encoder = new StunEncoder(StunClass.ERROR, new TransactionId(high, low))
                .errorCode(code, reason)
                .unknownAttributes(unknown);
        byte[] bytes = (xor ? encoder.xorMappedAddress(address) : encoder.mappedAddress(address)).toBytes();
        StunMessage read = StunVectorsTest.read(bytes);
        assertEquals(StunClass.ERROR, read.messageClass());
        assertEquals(address, read.mappedAddress());
        assertEquals(code, read.errorCode());
        assertEquals(reason, read.errorReason());
        assertEquals(unknown, read.unknownAttributes());
    }

    @Property
    void classAndMethodAreReadAsTheyWereWritten(
            @ForAll StunClass messageClass, @ForAll @IntRange(max = 0xFFF) int method) {
        byte[] bytes = new StunEncoder(messageClass, method, new TransactionId(1, 2)).toBytes();
        StunMessage read = StunVectorsTest.read(bytes);
        assertEquals(messageClass, read.messageClass());
        assertEquals(method, read.method());
    }

    @Property
    void anyBytesGiveAMessageOrOneMalformedResult(@ForAll @Size(max = 3000) byte[] bytes) {
        StunDecoder.decode(ByteBuffer.wrap(bytes));
    }

    /** Random bytes seldom get past the header: these always do. */
    @Property
    void anyAttributesGiveAMessageOrOneMalformedResult(@ForAll @Size(max = 400) byte[] body) {
        byte[] whole = body.length % 4 == 0 ? body : Arrays.copyOf(body, body.length & ~3);
        ByteBuffer message = header(whole.length).put(whole).flip();
        StunDecoder.decode(message);
    }

    @Property
    void knownAttributesOfAnyLengthGiveAMessageOrOneMalformedResult(
            @ForAll("knownTypes") List<Integer> types, @ForAll @Size(min = 4, max = 40) byte[] value) {
        StunEncoder encoder = new StunEncoder(StunClass.ERROR, new TransactionId(1, 2));
        types.forEach(type -> encoder.attribute(type, value));
        byte[] bytes = encoder.toBytes();
        if (StunDecoder.decode(ByteBuffer.wrap(bytes)) instanceof StunMessage message) {
            message.isAuthentic(new ShortTermKey(PASSWORD));
        }
    }

    @Property
    void aBufferIsReadFromItsPosition(@ForAll @IntRange(max = 50) int before, @ForAll @IntRange(max = 50) int after) {
        byte[] vector = StunVectorsTest.bytes(StunVectorsTest.REQUEST);
        ByteBuffer buffer = ByteBuffer.allocateDirect(before + vector.length + after);
        buffer.position(before).put(vector).limit(before + vector.length).position(before);
        assertInstanceOf(StunMessage.class, StunDecoder.decode(buffer));
    }

    private static ByteBuffer header(int length) {
        return ByteBuffer.allocate(Stun.HEADER_LENGTH + length)
                .putShort((short) 1)
                .putShort((short) length)
                .putInt(Stun.MAGIC_COOKIE)
                .position(Stun.HEADER_LENGTH);
    }

    @Provide
    Arbitrary<List<Integer>> knownTypes() {
        return Arbitraries.of(
                        Stun.MAPPED_ADDRESS,
                        Stun.USERNAME,
                        Stun.MESSAGE_INTEGRITY,
                        Stun.ERROR_CODE,
                        Stun.UNKNOWN_ATTRIBUTES,
                        Stun.XOR_MAPPED_ADDRESS,
                        Stun.PRIORITY,
                        Stun.USE_CANDIDATE,
                        Stun.ICE_CONTROLLED,
                        Stun.ICE_CONTROLLING,
                        Stun.FINGERPRINT,
                        Stun.NOMINATION,
                        0x7FFF)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<InetSocketAddress> addresses() {
        Arbitrary<byte[]> raw = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                Arbitraries.bytes().array(byte[].class).ofSize(16));
        return Combinators.combine(raw, Arbitraries.integers().between(0, 65535))
                .as(StunProperties::address);
    }

    private static InetSocketAddress address(byte[] raw, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(raw), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
