package io.github.purrtc;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FirstMessageTest {
    private static final int DCEP = 50;
    private static final int STRING = 51;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a channel's DATA_CHANNEL_OPEN and what its open listener sends leave in one packet, whoever makes it")
    void leavesWithTheOpening(boolean madeByTheOfferer, @TempDir Path folder) {
        Configuration logged =
                Configuration.builder().includeLoopback(true).packetLog(folder).build();
        Configuration other = Configuration.builder().includeLoopback(true).build();
        WebRtc webRtc = WebRtc.shared();
        try (PeerPair pair = new PeerPair(
                webRtc.peerConnection(madeByTheOfferer ? logged : other),
                webRtc.peerConnection(madeByTheOfferer ? other : logged))) {
            CountDownLatch heard = new CountDownLatch(1);
            PeerConnection maker = madeByTheOfferer ? pair.a : pair.z;
            PeerConnection hearer = madeByTheOfferer ? pair.z : pair.a;
            hearer.onDataChannel(channel -> channel.onMessage(message -> heard.countDown()));
            DataChannel channel = maker.createDataChannel("first");
            channel.onOpen(() -> channel.send("hello"));
            if (!madeByTheOfferer) {
                // Something has to be offered; on a channel that both know nothing is sent.
                pair.a.createDataChannel(
                        "known", DataChannelOptions.builder().negotiated(100).build());
            }
            pair.connect();
            PeerPair.await(heard, "the message");
            List<Integer> first = SctpPackets.in(folder).stream()
                    .filter(packet -> packet.outbound() && packet.hasData())
                    .findFirst()
                    .orElseThrow()
                    .payloadProtocolIds();
            assertEquals(List.of(DCEP, STRING), first);
        }
    }
}
