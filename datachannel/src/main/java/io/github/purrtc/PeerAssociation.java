package io.github.purrtc;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTimer;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.LoopTimer;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpEvent;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** DTLS and SCTP with one peer, over an ICE transport that can outlive them. Confined to the loop. */
final class PeerAssociation {
    private static final long UNKNOWN = -1;

    private final Configuration configuration;
    private final DataChannels channels;
    private final IceTransport ice;
    private final Consumer<DtlsTransportState> onDtlsState;
    private final DtlsTransport dtls;
    private final SctpDriver sctp;
    private final RtcDtlsTransport dtlsView;
    private final RtcSctpTransport sctpView;
    private NegotiatedTransport negotiated;
    private boolean closed;

    PeerAssociation(
            NetworkLoop loop,
            WebRtc webRtc,
            Configuration configuration,
            List<DtlsCertificate> certificates,
            IceTransport ice,
            RtcIceTransport iceView,
            DataChannels channels,
            Consumer<DtlsTransportState> onDtlsState,
            NegotiatedTransport negotiated) {
        this.configuration = configuration;
        this.channels = channels;
        this.ice = ice;
        this.onDtlsState = onDtlsState;
        this.negotiated = negotiated;
        dtls = new DtlsTransport(
                certificates,
                dtlsOptions(configuration),
                loop,
                timer(loop),
                webRtc.handshakes(),
                new IceSink(ice),
                new DtlsListener());
        sctp = new SctpDriver(
                loop,
                new SecuredPath(dtls, ice),
                channels,
                configuration,
                AssociationSettings.of(negotiated, dtls),
                new ConnectionMemory(webRtc.bufferMemory()));
        dtlsView = new RtcDtlsTransport(iceView);
        sctpView = new RtcSctpTransport(dtlsView);
        sctp.observe(this::onSctpEvent);
        sctpView.setMaxMessageSize(negotiated.maxMessageSize());
    }

    NegotiatedTransport negotiated() {
        return negotiated;
    }

    /** Another description of the same peer: it can take messages of another size. */
    void update(NegotiatedTransport renegotiated) {
        negotiated = dtls.state() == DtlsTransportState.CONNECTED
                // How the association began is settled.
                ? renegotiated.withInits(negotiated.inits())
                : renegotiated;
        sctp.setMaxMessageSize(renegotiated.maxMessageSize());
        sctpView.setMaxMessageSize(renegotiated.maxMessageSize());
    }

    RtcSctpTransport view() {
        return sctpView;
    }

    private void onSctpEvent(SctpEvent event) {
        if (event instanceof SctpEvent.Connected connected) {
            sctpView.onConnected(
                    Math.min(StreamIds.MAX_STREAMS, Math.min(connected.outboundStreams(), connected.inboundStreams())));
        } else if (event instanceof SctpEvent.Closed || event instanceof SctpEvent.Aborted) {
            sctpView.onClosed();
        }
    }

    /** From any thread. */
    @Nullable
    DtlsSession dtlsSession() {
        return dtls.session();
    }

    DtlsTransportState dtlsState() {
        return dtls.state();
    }

    /** There is a path to the peer, or another one. */
    void onPath() {
        sctp.onPathChange();
        if (dtls.state() == DtlsTransportState.NEW) {
            long roundTripNanos = configuration.initialRetransmissionTimeout() == null ? ice.roundTripNanos() : UNKNOWN;
            dtls.start(negotiated.dtlsRole(), negotiated.remoteFingerprints(), roundTripNanos);
        }
    }

    void receive(ByteBuffer datagram) {
        dtls.receive(datagram);
    }

    void endOfBurst() {
        sctp.endOfBurst();
    }

    void onWritable() {
        sctp.onWritable();
    }

    /** Tells the peer at each layer, then lets go of everything. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        sctpView.close();
        if (dtls.state() == DtlsTransportState.CONNECTED) {
            sctp.abort("the connection was closed");
        }
        sctp.end(RtcException.sctpFailure("the connection was closed"));
        dtls.close();
    }

    private static DtlsTimer timer(NetworkLoop loop) {
        return (millis, task) -> {
            LoopTimer timer = loop.newTimer(task);
            timer.arm(loop.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            return timer::cancel;
        };
    }

    private static DtlsOptions dtlsOptions(Configuration configuration) {
        DtlsOptions options = DtlsOptions.DEFAULT.withMaxDatagramSize(
                Math.min(Configuration.BASE_DATAGRAM_SIZE, configuration.maxDatagramSize()));
        Path keyLog = configuration.keyLog();
        if (keyLog != null) {
            options = options.withKeyLog(line -> KeyLogs.append(keyLog, line));
        }
        Duration timeout = configuration.initialRetransmissionTimeout();
        return timeout == null ? options : options.withRetransmissionMillis((int) timeout.toMillis());
    }

    /** The association cannot go on: DTLS or what is below it ended. */
    private void end(RtcException cause) {
        sctp.end(cause);
        channels.end(cause);
        sctpView.onClosed();
    }

    private final class DtlsListener implements DtlsTransport.Listener {
        @Override
        public void onStateChange(DtlsTransportState state) {
            if (closed) {
                return;
            }
            if (state == DtlsTransportState.CLOSED) {
                // What came before the peer's close_notify, in the same burst.
                sctp.endOfBurst();
            }
            DtlsSession agreed = dtls.session();
            if (agreed != null) {
                dtlsView.setRemoteCertificates(agreed.remoteCertificates());
            }
            dtlsView.enter(state);
            onDtlsState.accept(state);
            if (state == DtlsTransportState.CONNECTED) {
                sctp.connect(negotiated.inits());
            } else if (state == DtlsTransportState.CLOSED) {
                end(RtcException.sctpFailure("the peer closed the connection"));
            }
        }

        @Override
        public void onApplicationData(ByteBuffer plaintext) {
            sctp.receive(plaintext);
        }

        @Override
        public void onError(DtlsException cause) {
            if (!closed) {
                RtcErrorDetails details = cause.isFingerprintMismatch()
                        ? RtcErrorDetails.of(RtcErrorDetail.FINGERPRINT_FAILURE)
                        : RtcErrorDetails.dtlsFailure(cause.alert());
                RtcException failure = new RtcException(details, String.valueOf(cause.getMessage()), cause);
                dtlsView.fail(failure);
                end(failure);
            }
        }
    }

    private record IceSink(IceTransport ice) implements DatagramSink {
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
