package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LossyPathTest {
    private static final int CHANNELS = 20;
    private static final Configuration CONFIGURATION = Configuration.builder()
            .includeLoopback(true)
            .retransmissionTimeout(Duration.ofMillis(20), Duration.ofMillis(200))
            .build();

    @Test
    @DisplayName(
            "C151 DCEP messages are reliable on channels that are not: every channel opens though packets are lost")
    void dcepMessagesAreReliable() {
        AtomicReference<LossyRelay> relay = new AtomicReference<>();
        try (PeerPair pair = new PeerPair(CONFIGURATION)) {
            Set<String> opened = ConcurrentHashMap.newKeySet();
            pair.z.onDataChannel(channel -> opened.add(channel.label()));
            CountDownLatch first = new CountDownLatch(1);
            pair.a.createDataChannel("first").onOpen(first::countDown);
            // A reaches Z by way of the relay, and Z answers to where that came from.
            pair.z.onIceCandidate(candidate -> throughRelay(pair, relay, candidate));
            PeerPair.get(negotiate(pair));
            PeerPair.await(first, "open");
            LossyRelay lossy = relay.get();
            assertNotNull(lossy);
            lossy.setLoss(0.3);
            DataChannelOptions unreliable = DataChannelOptions.builder()
                    .ordered(false)
                    .maxRetransmits(0)
                    .build();
            for (int i = 0; i < CHANNELS; i++) {
                // One after the other: each OPEN is in a packet of its own.
                String label = "unreliable " + i;
                pair.a.createDataChannel(label, unreliable);
                Await.until(label + " is open on the other side", () -> opened.contains(label));
            }
            assertEquals(1 + CHANNELS, opened.size());
            assertTrue(lossy.dropped() > 0, "nothing was lost");
            lossy.setLoss(0);
        } finally {
            LossyRelay lossy = relay.get();
            if (lossy != null) {
                lossy.close();
            }
        }
    }

    private static CompletionStage<Void> negotiate(PeerPair pair) {
        return pair.a
                .createOffer()
                .thenCompose(offer -> pair.z
                        .setRemoteDescription(withoutCandidates(offer))
                        .thenCompose(done -> pair.a.setLocalDescription(offer)))
                .thenCompose(done -> pair.z.createAnswer())
                .thenCompose(answer -> pair.a
                        .setRemoteDescription(withoutCandidates(answer))
                        .thenCompose(done -> pair.z.setLocalDescription(answer)));
    }

    private static SessionDescription withoutCandidates(SessionDescription description) {
        String sdp = description.sdp().replaceAll("a=(candidate|end-of-candidates)[^\r\n]*\r\n", "");
        return new SessionDescription(description.type(), sdp);
    }

    private static void throughRelay(PeerPair pair, AtomicReference<LossyRelay> relay, IceCandidate candidate) {
        String[] fields = candidate.candidate().split(" ");
        boolean usable = fields.length > 5 && fields[4].equals("127.0.0.1") && fields[2].equalsIgnoreCase("udp");
        if (usable && relay.get() == null) {
            relay.set(new LossyRelay(new InetSocketAddress(fields[4], Integer.parseInt(fields[5])), 151));
            fields[5] = Integer.toString(relay.get().port());
            pair.a.addIceCandidate(new IceCandidate(
                    String.join(" ", fields),
                    candidate.sdpMid(),
                    candidate.sdpMLineIndex(),
                    candidate.usernameFragment()));
        }
    }
}
