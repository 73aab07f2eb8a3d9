package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.UnknownUsernameHook;
import io.github.purrtc.ice.internal.stun.Stun;
import io.netty.channel.embedded.EmbeddedChannel;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Whatever strangers send to a port that connections share: nothing is thrown, and nobody gets it for whom it is not. */
class PortReceiverProperties {
    private static final InetSocketAddress SOURCE = Loops.loopback(4_000);

    private final List<String> asked = new ArrayList<>();
    private final SharedPort port = new SharedPort(Loops.loopback(9), (local, remote, source) -> {
        asked.add(local + " " + remote);
        return UnknownUsernameHook.Decision.DROP;
    });
    private final PortReceiver receiver = new PortReceiver(new EmbeddedChannel().eventLoop(), port);
    private final TcpStage.Sink sink = new TcpStage.Sink();
    private final PortShare share = new PortShare(port, receiver, sink);

    private void receive(byte[] datagram) {
        // Somewhere in a larger buffer, as it is read.
        ByteBuffer room = ByteBuffer.allocate(datagram.length + 20);
        room.position(10).put(datagram).limit(10 + datagram.length).position(10);
        receiver.onDatagram(SOURCE, room);
        receiver.onEndOfBurst();
    }

    private static byte[] request(byte[] attributes) {
        return ByteBuffer.allocate(Stun.HEADER_LENGTH + attributes.length)
                .putShort((short) 1)
                .putShort((short) attributes.length)
                .putInt(Stun.MAGIC_COOKIE)
                .position(Stun.HEADER_LENGTH)
                .put(attributes)
                .array();
    }

    private static byte[] username(String username, int padding) {
        byte[] bytes = username.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + bytes.length + padding)
                .putShort((short) Stun.USERNAME)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    @Example
    void usernamesOfAllShapesAreAskedFor() {
        receive(request(username("abcd:efgh", 3)));
        receive(request(username("abcd", 0)));
        receive(request(username("abcd:", 3)));
        receive(request(username(":efgh", 3)));
        receive(request(username("", 0)));
        receive(request(username("ab:c:d", 0)));
        assertEquals(List.of("abcd efgh", "abcd ", "abcd ", " efgh", " ", "ab c:d"), asked);
    }

    @Example
    void longPartsAreNotAskedForOrCutOff() {
        receive(request(username("a".repeat(257) + ":b", 0)));
        assertEquals(List.of(), asked);
        receive(request(username("a:" + "b".repeat(1_000), 0)));
        receive(request(username("a".repeat(256), 0)));
        assertEquals(List.of("a " + "b".repeat(256), "a".repeat(256) + " "), asked);
    }

    @Property
    void anyBytesAtAllAreForNobody(@ForAll @Size(max = 100) byte[] bytes) {
        PortReceiverProperties test = new PortReceiverProperties();
        test.share.tryAddFragment("aaaa");
        test.receive(bytes);
        assertEquals(1, test.receiver.datagramsUnclaimed());
    }

    @Property
    void anyRequestIsForNobodyHoweverItIsCutOff(
            @ForAll @IntRange(max = 0xFFFF) int type,
            @ForAll @IntRange(max = 100) int length,
            @ForAll @Size(max = 60) byte[] rest) {
        PortReceiverProperties test = new PortReceiverProperties();
        test.share.tryAddFragment("aaaa");
        byte[] whole = request(ByteBuffer.allocate(4 + rest.length)
                .putShort((short) (type % 3 == 0 ? Stun.USERNAME : type))
                .putShort((short) length)
                .put(rest)
                .array());
        for (int end = 0; end <= whole.length; end++) {
            test.receive(Arrays.copyOf(whole, end));
        }
        assertEquals(whole.length + 1, test.receiver.datagramsUnclaimed());
    }

    @Property
    void whatNamesAConnectionIsForIt(@ForAll @Size(max = 30) byte[] rest) {
        PortReceiverProperties test = new PortReceiverProperties();
        test.share.tryAddFragment("aaaa");
        byte[] named = username("aaaa" + (rest.length == 0 ? "" : ":zzzz"), 0);
        test.receive(request(ByteBuffer.allocate(named.length + rest.length)
                .put(named)
                .put(rest)
                .array()));
        assertEquals(1, test.sink.datagrams.size());
        assertEquals(0, test.receiver.datagramsUnclaimed());
    }
}
