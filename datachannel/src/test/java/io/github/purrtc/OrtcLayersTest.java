package io.github.purrtc;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceGatherer;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.Network;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A connection made of the layers' public objects, as {@link SctpTransport} says they go together. */
class OrtcLayersTest {
    private static final byte[] PURR = "purr".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

    @Test
    void channelsOfBothEndsCarryMessages() throws Exception {
        try (End a = new End(IceRole.CONTROLLING, 6_000);
                End z = new End(IceRole.CONTROLLED, 5_000)) {
            BlockingQueue<DataChannelMessage> atA = new LinkedBlockingQueue<>();
            BlockingQueue<DataChannelMessage> atZ = new LinkedBlockingQueue<>();
            DataChannelOptions negotiated =
                    DataChannelOptions.builder().negotiated(0).build();
            DataChannel catA =
                    a.sctp.createDataChannel("cat-noises", negotiated).onMessage(atA::add);
            DataChannel catZ =
                    z.sctp.createDataChannel("cat-noises", negotiated).onMessage(atZ::add);
            DataChannel bear = a.sctp.createDataChannel("bear-noises", DataChannelOptions.DEFAULT);
            a.start(z);
            z.start(a);
            DataChannel bearAtZ = z.incoming.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
            bearAtZ.onMessage(atZ::add);
            assertEquals("bear-noises", bearAtZ.label());
            Await.until(
                    "open",
                    () -> catA.readyState() == DataChannelState.OPEN
                            && catZ.readyState() == DataChannelState.OPEN
                            && bear.readyState() == DataChannelState.OPEN);
            assertEquals(SctpTransportState.CONNECTED, a.sctp.state());
            assertTrue(a.sctp.maxChannels().getAsInt() > 60_000);

            catA.send(PURR);
            assertArrayEquals(
                    PURR, atZ.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS).bytes());
            catZ.send("meow");
            assertEquals(
                    "meow", atA.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS).text());
            bear.send("grr");
            assertEquals(
                    "grr", atZ.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS).text());

            assertThrows(
                    RtcException.class, () -> catZ.send(new byte[300_000]), "the other end takes messages of 256 KiB");
            RtcException taken = assertThrows(RtcException.class, () -> a.sctp.createDataChannel("too", negotiated));
            assertEquals(ErrorName.OPERATION_ERROR, taken.errorName());

            a.onLoop(a.sctp::stop);
            Await.until(
                    "closed",
                    () -> z.sctp.state() == SctpTransportState.CLOSED
                            && catZ.readyState() == DataChannelState.CLOSED
                            && catA.readyState() == DataChannelState.CLOSED);
            RtcException late = assertThrows(
                    RtcException.class, () -> z.sctp.createDataChannel("late", DataChannelOptions.DEFAULT));
            assertEquals(ErrorName.INVALID_STATE_ERROR, late.errorName());
        }
    }

    @Test
    void withoutDtlsThereIsNoSctp() throws Exception {
        try (End a = new End(IceRole.CONTROLLING, 5_000)) {
            DataChannel channel = a.sctp.createDataChannel("cat-noises", DataChannelOptions.DEFAULT);
            SctpParameters peer = new SctpParameters(5_000, 0);
            a.onLoop(() -> a.sctp.start(DtlsRole.CLIENT, peer));
            a.onLoop(() -> a.dtls.close());
            Await.until("closed", () -> channel.readyState() == DataChannelState.CLOSED);
            assertEquals(SctpTransportState.CLOSED, a.sctp.state());
            a.onLoop(() -> assertThrows(IllegalStateException.class, () -> a.sctp.start(DtlsRole.CLIENT, peer)));
        }
    }

    @Test
    void parametersHaveBounds() {
        assertThrows(RtcException.class, () -> new SctpParameters(0, 0));
        assertThrows(RtcException.class, () -> new SctpParameters(65_536, 0));
        assertThrows(RtcException.class, () -> new SctpParameters(5_000, -1));
    }

    /** One end, wired by hand. */
    private static final class End implements AutoCloseable {
        private final NetworkLoop loop = Network.shared().nextLoop();
        private final DtlsCertificate certificate = DtlsCertificate.generate();
        private final BlockingQueue<DataChannel> incoming = new LinkedBlockingQueue<>();
        private final IceRole role;
        private final IceGatherer gatherer = new IceGatherer(
                loop, IceGatherOptions.builder().includeLoopback(true).build());
        private final IceTransport ice;
        private final DtlsTransport dtls;
        private final SctpTransport sctp;
        private List<Fingerprint> remoteFingerprints = List.of();

        End(IceRole role, int sctpPort) {
            this.role = role;
            ice = call(() -> new IceTransport(loop, gatherer, IceOptions.defaults(), new IceEvents()));
            dtls = new DtlsTransport(
                    certificate, DtlsOptions.DEFAULT, loop, Handshakes.shared(), new Sink(), new DtlsEvents());
            sctp = new SctpTransport(
                    loop, ice, dtls, Configuration.builder().sctpPort(sctpPort).build(), new SctpTransport.Listener() {
                        @Override
                        public void onDataChannel(DataChannel channel) {
                            incoming.add(channel);
                        }
                    });
        }

        void start(End peer) {
            onLoop(() -> {
                remoteFingerprints = peer.certificate.fingerprints();
                gatherer.gather();
                ice.start(role, peer.gatherer.localParameters());
                sctp.start(dtlsRole(), peer.sctp.localParameters());
            });
            List<Candidate> candidates = gatherer.localCandidates();
            peer.onLoop(() -> candidates.forEach(peer.ice::addRemoteCandidate));
        }

        private DtlsRole dtlsRole() {
            return role == IceRole.CONTROLLING ? DtlsRole.SERVER : DtlsRole.CLIENT;
        }

        void onLoop(Runnable task) {
            call(() -> {
                task.run();
                return null;
            });
        }

        private <T> T call(Supplier<T> task) {
            return PeerPair.get(CompletableFuture.supplyAsync(task, loop));
        }

        @Override
        public void close() {
            onLoop(() -> {
                sctp.stop();
                dtls.close();
                ice.stop();
            });
        }

        private final class IceEvents implements IceTransport.Listener {
            @Override
            public void onStateChange(IceTransportState state) {}

            @Override
            public void onSelectedPair(CandidatePair pair) {
                sctp.onPathChange();
                if (dtls.state() == DtlsTransportState.NEW) {
                    dtls.start(dtlsRole(), remoteFingerprints);
                }
            }

            @Override
            public void onDatagram(ByteBuffer datagram) {
                dtls.receive(datagram);
            }

            @Override
            public void onEndOfBurst() {
                sctp.endOfBurst();
            }

            @Override
            public void onWritable() {
                sctp.onWritable();
            }
        }

        private final class DtlsEvents implements DtlsTransport.Listener {
            @Override
            public void onStateChange(DtlsTransportState state) {
                sctp.onDtlsStateChange(state);
            }

            @Override
            public void onApplicationData(ByteBuffer plaintext) {
                sctp.receive(plaintext);
            }

            @Override
            public void onError(DtlsException cause) {}
        }

        private final class Sink implements DatagramSink {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                ice.write(buffer, offset, length);
            }

            @Override
            public void flush() {
                ice.flush();
            }
        }
    }
}
