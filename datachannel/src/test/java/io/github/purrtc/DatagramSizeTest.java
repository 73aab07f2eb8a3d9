package io.github.purrtc;

import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Over loopback, which carries all: how large packets become. Packet logs tell. */
class DatagramSizeTest {
    private static final int ENHANCED_PACKET_BLOCK = 6;
    private static final int INBOUND = 1;
    private static final int HEARTBEAT = 4;
    /** What DTLS adds. */
    private static final int RECORD = 37;

    @TempDir
    Path logs;

    @Test
    @DisplayName("datagrams grow to 1,450 bytes if nothing is set")
    void growsToWhatBrowsersTake() {
        exchange(WebRtc.shared(), Configuration.builder(), 1_300);
    }

    @Test
    @DisplayName("and to 16 KiB where that is set on one side and the other can receive it")
    void growsToAWholeRecord() {
        NetworkOptions network = NetworkOptions.defaults().withThreads(2).withMaxDatagramBytes(17_000);
        try (WebRtc webRtc = WebRtc.open(new WebRtcOptions(network))) {
            exchange(webRtc, Configuration.builder().maxDatagramSize(16_421), 14 * 1_148);
        }
    }

    @Test
    @DisplayName("the receiver's buffers bound them: what it cannot take whole is not used")
    void heedsTheReceiver() {
        NetworkOptions network = NetworkOptions.defaults()
                .withThreads(1)
                .withTransport(NetworkOptions.Transport.NIO)
                .withMaxDatagramBytes(1_500);
        try (WebRtc webRtc = WebRtc.open(new WebRtcOptions(network))) {
            exchange(webRtc, Configuration.builder().maxDatagramSize(16_421), 1_300);
            assertTrue(largest() <= 1_500 - RECORD, () -> "a packet of " + largest());
        }
    }

    @Test
    @DisplayName("without discovery they stay at 1,200 bytes")
    void staysAtTheBase() {
        exchange(WebRtc.shared(), Configuration.builder().maxDatagramSize(1_200), 1_100);
        assertEquals(1_160, largest());
    }

    @Test
    @DisplayName("without probing they have the size that is set, however small")
    void keepsAFixedSize() {
        exchange(
                WebRtc.shared(), Configuration.builder().pathMtuDiscovery(false).maxDatagramSize(700), 600);
        assertEquals(660, largest());
    }

    @Test
    @DisplayName("or large, from the first data on: nothing is probed for")
    void beginsWithAFixedSize() {
        exchange(
                WebRtc.shared(), Configuration.builder().pathMtuDiscovery(false).maxDatagramSize(1_400), 1_300);
        assertEquals(1_360, largest());
    }

    @Test
    @DisplayName("packets come from the port that is set, with a checksum where that is not left out")
    void setsPortAndChecksum() {
        exchange(WebRtc.shared(), Configuration.builder().sctpPort(6_000).zeroChecksum(false), 100);
        assertTrue(packets().allMatch(packet -> packet.getShort(0) == 6_000 && packet.getShort(2) == 6_000));
        assertTrue(packets().noneMatch(packet -> packet.getInt(8) == 0));
    }

    @Test
    @DisplayName("the checksum is left out if nothing is set, once the peer has agreed")
    void leavesChecksumsOut() {
        exchange(WebRtc.shared(), Configuration.builder(), 100);
        assertTrue(packets().allMatch(packet -> packet.getShort(0) == 5_000));
        assertTrue(packets().anyMatch(packet -> packet.getInt(8) == 0));
    }

    @Test
    void refusesWhatCannotBe() {
        for (int bytes : List.of(0, 1_199, 16_422)) {
            RtcException error = assertThrows(
                    RtcException.class,
                    () -> Configuration.builder().maxDatagramSize(bytes).build());
            assertEquals(ErrorName.TYPE_ERROR, error.errorName());
        }
    }

    /** Sends large and small messages until data has come in packets of that size, and all of it has come. */
    private void exchange(WebRtc webRtc, Configuration.Builder builder, int size) {
        Configuration configuration =
                builder.includeLoopback(true).packetLog(logs).build();
        AtomicLong received = new AtomicLong();
        try (PeerPair pair = new PeerPair(webRtc, configuration)) {
            pair.z.onDataChannel(channel -> channel.onMessage(message -> received.addAndGet(message.size())));
            DataChannel channel = pair.a.createDataChannel("size");
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            AtomicLong sent = new AtomicLong();
            Await.until("a packet of " + size + " bytes", () -> {
                send(channel, sent);
                Await.until("all received", () -> received.get() == sent.get());
                return largest() >= size;
            });
        }
    }

    private static void send(DataChannel channel, AtomicLong sent) {
        for (int length : new int[] {100_000, 100}) {
            for (int i = 0; i < 100_000 / length; i++) {
                channel.send(DataChannelMessage.binary(ByteBuffer.allocate(length)));
                sent.addAndGet(length);
            }
        }
    }

    /** The largest packet that came in and is no probe. */
    private int largest() {
        return packets()
                .filter(packet -> packet.get(12) != HEARTBEAT)
                .mapToInt(ByteBuffer::remaining)
                .max()
                .orElse(0);
    }

    /** What came in. */
    private Stream<ByteBuffer> packets() {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMap(DatagramSizeTest::packets).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ByteBuffer> packets(Path file) {
        ByteBuffer log;
        try {
            log = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<ByteBuffer> packets = new ArrayList<>();
        int block = 0;
        // The last block may not be whole yet.
        while (block + 12 <= log.limit() && block + log.getInt(block + 4) <= log.limit()) {
            if (log.getInt(block) == ENHANCED_PACKET_BLOCK) {
                int length = log.getInt(block + 20);
                int packet = block + 28;
                int flags = log.getInt(packet + (length + 3 & ~3) + 4);
                if (flags == INBOUND) {
                    packets.add(log.slice(packet, length));
                }
            }
            block += log.getInt(block + 4);
        }
        return packets.stream();
    }
}
