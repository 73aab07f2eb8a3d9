package io.github.purrtc.examples;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.Handshakes;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * One end of a connection that is made of the layers' own objects, without a {@code PeerConnection}: ICE, DTLS over it, and over that
 * what the tool wants. It gathers, tells its parameters, and starts with those of the other end.
 *
 * <p>Its methods may be called from any thread.
 */
final class OrtcPeer implements AutoCloseable {
    private static final long CLOSE_LIMIT_MILLIS = 1_500;

    private final PeerSettings settings;
    private final Narrator narrator;
    private final IcePeer ice;
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final DtlsTransport dtls;
    private final DataLayer data;
    private final CompletableFuture<Void> secured = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** The loop's: empty before the start. */
    private List<Fingerprint> remoteFingerprints = List.of();

    private DtlsRole role = DtlsRole.CLIENT;

    /** @param layer makes what is carried by DTLS */
    OrtcPeer(PeerSettings settings, Narrator narrator, BiFunction<IcePeer, DtlsTransport, DataLayer> layer) {
        this.settings = settings;
        this.narrator = narrator;
        ice = new IcePeer(settings, narrator);
        dtls = new DtlsTransport(
                certificate, DtlsOptions.DEFAULT, ice.loop(), Handshakes.shared(), ice.sink(), new DtlsEvents());
        data = layer.apply(ice, dtls);
        ice.upper(new IceEvents());
    }

    IcePeer ice() {
        return ice;
    }

    Narrator narrator() {
        return narrator;
    }

    /** What the other end has to know, with the candidates gathered so far. */
    OrtcParameters localParameters() {
        return new OrtcParameters(
                ice.localParameters(),
                ice.localCandidates(),
                new DtlsParameters(DtlsParameters.Role.AUTO, certificate.fingerprints()),
                data.localParameters());
    }

    /** Complete when DTLS is connected; fails if there is no path or no trust. */
    CompletionStage<Void> secured() {
        return secured;
    }

    /** Complete when DTLS, or the path below it, has ended. */
    CompletionStage<Void> ended() {
        return ended;
    }

    /** Gathers; complete with the parameters when there will be no more candidates. */
    CompletionStage<OrtcParameters> gather() {
        ice.gather();
        return ice.gathered().thenApply(nothing -> localParameters());
    }

    /**
     * Connects.
     *
     * @throws IllegalArgumentException if the other end has no fingerprint that is worth something
     */
    void start(OrtcParameters remote) {
        List<Fingerprint> fingerprints = remote.dtls().fingerprints();
        if (fingerprints.stream().noneMatch(Fingerprint::isStrong)) {
            throw new IllegalArgumentException("no fingerprint of sha-256 or stronger");
        }
        ice.execute(() -> {
            role = remote.dtls().oppositeRole(settings.role());
            remoteFingerprints = fingerprints;
            data.start(role, remote.sctp());
        });
        ice.connected().whenComplete((nothing, failure) -> {
            if (failure != null) {
                secured.completeExceptionally(failure);
            }
        });
        ice.start(remote.ice());
        remote.candidates().forEach(ice::addRemoteCandidate);
    }

    /** Ends each layer so that the peer sees it. Blocks for a moment at most. */
    @Override
    public void close() {
        ice.execute(() -> {
            data.stop();
            dtls.close();
        });
        ice.stop()
                .completeOnTimeout(null, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private final class IceEvents implements IcePeer.Upper {
        @Override
        public void onPath() {
            data.onPathChange();
            if (dtls.state() == DtlsTransportState.NEW) {
                narrator.tell("DTLS role: " + (role == DtlsRole.CLIENT ? "client" : "server"));
                dtls.start(role, remoteFingerprints, ice.transport().roundTripNanos());
            }
        }

        @Override
        public void receive(ByteBuffer datagram) {
            dtls.receive(datagram);
        }

        @Override
        public void endOfBurst() {
            data.endOfBurst();
        }

        @Override
        public void onWritable() {
            data.onWritable();
        }
    }

    private final class DtlsEvents implements DtlsTransport.Listener {
        @Override
        public void onStateChange(DtlsTransportState state) {
            narrator.dtlsTransport(state);
            data.onDtlsStateChange(state);
            if (state == DtlsTransportState.CONNECTED) {
                secured.complete(null);
            } else if (state == DtlsTransportState.CLOSED || state == DtlsTransportState.FAILED) {
                ended.complete(null);
            }
        }

        @Override
        public void onApplicationData(ByteBuffer plaintext) {
            data.receive(plaintext);
        }

        @Override
        public void onError(DtlsException cause) {
            narrator.dtlsError(cause);
            secured.completeExceptionally(cause);
        }
    }
}
