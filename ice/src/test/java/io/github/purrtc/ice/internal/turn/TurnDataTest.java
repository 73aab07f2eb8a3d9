package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Permissions, channels and data: T5 to T7. A is the client, T the server, Z the peer. */
class TurnDataTest {
    private static final InetSocketAddress Z = new InetSocketAddress("192.0.2.1", 5_000);
    private static final byte[] CHECK = {0, 1, 2, 3, 4};
    private static final byte[] DTLS = {22, 1, 2, 3, 4};

    private TurnClient client = new TurnClient(Link.DATAGRAMS, "mia", "secret", RelayRenewal.STANDARD, new Random(1));
    private FakeTurnServer server = new FakeTurnServer(client, "mia", "secret");
    private final byte[] out = new byte[2_000];
    private long now = 77;

    private void allocate(Link link) {
        client = new TurnClient(link, "mia", "secret", RelayRenewal.STANDARD, new Random(1));
        server = new FakeTurnServer(client, "mia", "secret");
        server.allocate(1_000_000, now);
    }

    private void pass(long seconds) {
        long end = now + TimeUnit.SECONDS.toNanos(seconds);
        while (client.nextTimeout() <= end) {
            now = client.nextTimeout();
            client.onTimeout(now);
        }
        now = end;
    }

    private byte[] frame(byte[] datagram, InetSocketAddress to) {
        int length = client.frame(datagram, 0, datagram.length, to, out, now);
        assertTrue(length <= datagram.length + TurnClient.MOST_OVERHEAD);
        return Arrays.copyOf(out, length);
    }

    private void assertIndication(byte[] datagram, byte[] framed) {
        StunMessage indication = FakeTurnServer.decode(framed);
        assertEquals(StunClass.INDICATION, indication.messageClass());
        assertEquals(Turn.SEND, indication.method());
        assertEquals(Z, indication.otherXorAddress(Turn.XOR_PEER_ADDRESS));
        assertArrayEquals(datagram, indication.other(Turn.DATA));
    }

    private void bindChannel() {
        assertIndication(DTLS, frame(DTLS, Z));
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        StunMessage bind = server.takeAuthentic(Turn.CHANNEL_BIND);
        assertArrayEquals(new byte[] {0x40, 0, 0, 0}, bind.other(Turn.CHANNEL_NUMBER));
        server.grant(bind, now);
    }

    private static byte[] dataIndication(UnaryOperator<StunEncoder> attributes) {
        return attributes
                .apply(new StunEncoder(StunClass.INDICATION, Turn.DATA_METHOD, TransactionId.random(new Random(3))))
                .toBytes();
    }

    @Test
    void checksTakeAPermissionAndDataAChannel() {
        allocate(Link.DATAGRAMS);
        assertIndication(CHECK, frame(CHECK, Z));
        StunMessage permission = server.takeAuthentic(Turn.CREATE_PERMISSION); // A -> CreatePermission -> T
        assertEquals(Z, permission.otherXorAddress(Turn.XOR_PEER_ADDRESS));
        server.takeNothing();
        assertIndication(CHECK, frame(CHECK, Z));
        server.takeNothing();
        server.grant(permission, now);
        assertIndication(DTLS, frame(DTLS, Z));
        StunMessage bind = server.takeAuthentic(Turn.CHANNEL_BIND); // A -> ChannelBind -> T
        assertIndication(DTLS, frame(DTLS, Z));
        server.takeNothing();
        server.grant(bind, now);
        assertArrayEquals(new byte[] {0x40, 0, 0, 5, 22, 1, 2, 3, 4}, frame(DTLS, Z)); // A -> ChannelData -> T
        assertArrayEquals(new byte[] {0x40, 0, 0, 5, 0, 1, 2, 3, 4}, frame(CHECK, Z));
    }

    @Test
    void overAStreamChannelDataIsPadded() {
        allocate(Link.STREAM);
        bindChannel();
        assertArrayEquals(new byte[] {0x40, 0, 0, 5, 22, 1, 2, 3, 4, 0, 0, 0}, frame(DTLS, Z));
    }

    @Test
    void onePermissionServesAllPortsOfAnAddress() {
        allocate(Link.DATAGRAMS);
        frame(CHECK, Z);
        server.takeAuthentic(Turn.CREATE_PERMISSION);
        frame(CHECK, new InetSocketAddress("192.0.2.1", 6_000));
        server.takeNothing();
        frame(CHECK, new InetSocketAddress("192.0.2.2", 6_000));
        server.takeAuthentic(Turn.CREATE_PERMISSION);
    }

    @Test
    void permissionsAndChannelsInUseAreRenewed() {
        allocate(Link.DATAGRAMS);
        bindChannel();
        pass(239);
        frame(DTLS, Z);
        server.takeNothing();
        pass(1);
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now); // RFC 8656 §9: within 5 minutes
        pass(239);
        frame(DTLS, Z);
        pass(1);
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        pass(60);
        StunMessage bind = server.takeAuthentic(Turn.CHANNEL_BIND); // RFC 8656 §12: within 10 minutes
        assertArrayEquals(new byte[] {0x40, 0, 0, 0}, bind.other(Turn.CHANNEL_NUMBER));
        assertArrayEquals(new byte[] {0x40, 0, 0, 5, 22, 1, 2, 3, 4}, frame(DTLS, Z));
        server.grant(bind, now);
    }

    @Test
    void whatIsNotInUseLapsesAndIsAskedForAgain() {
        allocate(Link.DATAGRAMS);
        bindChannel();
        pass(240);
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        pass(400);
        server.takeNothing();
        assertIndication(DTLS, frame(DTLS, Z));
        server.takeAuthentic(Turn.CREATE_PERMISSION);
        StunMessage bind = server.takeAuthentic(Turn.CHANNEL_BIND);
        assertArrayEquals(new byte[] {0x40, 0, 0, 0}, bind.other(Turn.CHANNEL_NUMBER));
    }

    @Test
    void aRefusedChannelLeavesIndications() {
        for (int errorCode : new int[] {400, 403, 486, 508}) {
            allocate(Link.DATAGRAMS);
            frame(DTLS, Z);
            server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
            server.refuse(server.takeAuthentic(Turn.CHANNEL_BIND), errorCode, now);
            assertIndication(DTLS, frame(DTLS, Z));
            server.takeNothing();
            assertNull(client.poll());
        }
    }

    @Test
    void aRefusedPermissionIsNotAskedForAgainSoon() {
        allocate(Link.DATAGRAMS);
        frame(CHECK, Z);
        server.refuse(server.takeAuthentic(Turn.CREATE_PERMISSION), 403, now);
        assertEquals(0, frame(CHECK, Z).length);
        server.takeNothing();
        pass(61);
        assertIndication(CHECK, frame(CHECK, Z));
        server.takeAuthentic(Turn.CREATE_PERMISSION);
        assertNull(client.poll());
    }

    @Test
    void aServerThatHasForgottenTheAllocationEndsIt() {
        allocate(Link.DATAGRAMS);
        frame(CHECK, Z);
        server.refuse(server.takeAuthentic(Turn.CREATE_PERMISSION), 437, now);
        assertEquals(new TurnEvent.Failed(437, "No"), client.poll());
        assertEquals(0, frame(CHECK, Z).length);
    }

    @Test
    void dataComesByIndicationAndByChannel() {
        allocate(Link.DATAGRAMS);
        bindChannel();
        byte[] indication = dataIndication(
                message -> message.xorAddress(Turn.XOR_PEER_ADDRESS, Z).attribute(Turn.DATA, CHECK));
        assertEquals(Z, client.receive(ByteBuffer.wrap(indication), now)); // A <- Data indication <- T
        assertEquals(ByteBuffer.wrap(CHECK), client.payload());
        ByteBuffer channelData = ByteBuffer.wrap(new byte[] {9, 0x40, 0, 0, 5, 22, 1, 2, 3, 4, 0, 0, 0}, 1, 12);
        assertEquals(Z, client.receive(channelData, now)); // A <- ChannelData <- T
        assertEquals(ByteBuffer.wrap(DTLS), client.payload());
    }

    @Test
    void dataThatIsNotInOrderIsDropped() {
        allocate(Link.DATAGRAMS);
        bindChannel();
        long before = client.dropped();
        InetSocketAddress stranger = new InetSocketAddress("192.0.2.99", 5_000);
        for (byte[] bad : new byte[][] {
            dataIndication(message ->
                    message.xorAddress(Turn.XOR_PEER_ADDRESS, stranger).attribute(Turn.DATA, CHECK)),
            dataIndication(message -> message.attribute(Turn.DATA, CHECK)),
            dataIndication(message -> message.xorAddress(Turn.XOR_PEER_ADDRESS, Z)),
            dataIndication(message ->
                    message.attribute(Turn.XOR_PEER_ADDRESS, new byte[7]).attribute(Turn.DATA, CHECK)),
            {0x40, 0, 0, 6, 22, 1, 2, 3, 4},
            {0x40, 1, 0, 5, 22, 1, 2, 3, 4},
            {0x7F, -1, 0, 1, 22},
            {0x40, 0, 0},
            {0x40},
            {},
            DTLS
        }) {
            assertNull(client.receive(ByteBuffer.wrap(bad), now));
        }
        assertEquals(before + 11, client.dropped());
        assertNull(client.poll());
    }

    @Test
    void nothingIsSentBeforeTheAllocationOrAfterIt() {
        assertEquals(0, frame(DTLS, Z).length);
        allocate(Link.DATAGRAMS);
        client.release(now);
        server.takeAuthentic(Turn.REFRESH);
        assertEquals(0, frame(DTLS, Z).length);
        server.takeNothing();
    }

    @Test
    void peersAreLimitedInNumber() {
        allocate(Link.DATAGRAMS);
        int framed = 0;
        for (int i = 0; i < 10_000; i++) {
            framed += frame(CHECK, new InetSocketAddress("192.0.2.1", 1 + i)).length > 0 ? 1 : 0;
        }
        assertEquals(512, framed);
        server.takeAuthentic(Turn.CREATE_PERMISSION);
        server.takeNothing();
    }

    /** A peer that moves about for hours. By then the server has forgotten the permission and the channel too. */
    @Test
    void peersThatWereLongUnusedMakeRoom() {
        allocate(Link.DATAGRAMS);
        for (int i = 0; i < 512; i++) {
            assertNotEquals(0, frame(CHECK, new InetSocketAddress("192.0.2.1", 1 + i)).length);
        }
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        InetSocketAddress moved = new InetSocketAddress("192.0.2.2", 1);
        pass(600);
        answerRenewals();
        assertEquals(0, frame(CHECK, moved).length);
        pass(299);
        assertEquals(0, frame(CHECK, moved).length);
        pass(1);
        assertNotEquals(0, frame(CHECK, moved).length);
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        // The addresses of before are new ones now.
        assertNotEquals(0, frame(CHECK, Z).length);
        server.takeAuthentic(Turn.CREATE_PERMISSION);
        server.takeNothing();
    }

    @Test
    void peersInUseStayWhereOthersMakeRoom() {
        allocate(Link.DATAGRAMS);
        bindChannel();
        for (int i = 0; i < 511; i++) {
            frame(CHECK, new InetSocketAddress("192.0.2.9", 1 + i));
        }
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        for (int minute = 0; minute < 15; minute++) {
            pass(60);
            frame(DTLS, Z);
            answerRenewals();
        }
        assertNotEquals(0, frame(CHECK, new InetSocketAddress("192.0.2.2", 1)).length);
        assertEquals(0x4000, ByteBuffer.wrap(frame(DTLS, Z)).getShort());
    }

    private void answerRenewals() {
        for (byte[] request = client.transmit(); request != null; request = client.transmit()) {
            server.grant(FakeTurnServer.decode(request), now);
        }
    }

    @Property
    void anyBytesAtAllBreakNothing(@ForAll @Size(max = 60) byte[] bytes, @ForAll boolean likeStun) {
        allocate(Link.DATAGRAMS);
        bindChannel();
        if (likeStun && bytes.length >= 8) {
            bytes[0] = (byte) (bytes[0] & 1);
            ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - 20)).putInt(4, 0x2112A442);
        }
        client.receive(ByteBuffer.wrap(bytes), now);
        assertNull(client.poll());
    }
}
