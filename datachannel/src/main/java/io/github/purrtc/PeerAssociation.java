package io.github.purrtc;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.PcapngLog;
import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpOptions;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;

/** DTLS and SCTP with one peer, over an ICE transport that can outlive them. Confined to the loop. */
final class PeerAssociation {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final long UNKNOWN = -1;

    /** RFC 8831 §5: what fits every path; with the headers of IPv6 and UDP it is within 1,280 bytes. */
    private static final int BASE_DATAGRAM = Configuration.BASE_DATAGRAM_SIZE;

    private final NetworkLoop loop;
    private final Configuration configuration;
    private final DataChannels channels;
    private final IceTransport ice;
    private final Consumer<DtlsTransportState> onDtlsState;
    private final DtlsTransport dtls;
    private final SctpTransport sctp;
    private final RtcDtlsTransport dtlsView;
    private final RtcSctpTransport sctpView;
    private NegotiatedTransport negotiated;
    private @Nullable PcapngLog packetLog;
    private boolean closed;

    PeerAssociation(
            NetworkLoop loop,
            Handshakes handshakes,
            Configuration configuration,
            DtlsCertificate certificate,
            IceTransport ice,
            RtcIceTransport iceView,
            DataChannels channels,
            Consumer<DtlsTransportState> onDtlsState,
            NegotiatedTransport negotiated) {
        this.loop = loop;
        this.configuration = configuration;
        this.channels = channels;
        this.ice = ice;
        this.onDtlsState = onDtlsState;
        this.negotiated = negotiated;
        dtls = new DtlsTransport(
                certificate, dtlsOptions(configuration), loop, handshakes, new IceSink(ice), new DtlsListener());
        int maxPacketSize = packetSize(configuration.maxDatagramSize());
        SctpAssociation association = new SctpAssociation(sctpOptions(maxPacketSize), RANDOM);
        packetLog = openPacketLog();
        association.setPacketObserver(packetLog);
        sctp = new SctpTransport(
                loop, ice, dtls, association, channels, maxPacketSize, configuration.sendBufferLimit());
        dtlsView = new RtcDtlsTransport(iceView);
        sctpView = new RtcSctpTransport(dtlsView);
        sctp.observe(this::onSctpEvent);
        setMaxMessageSize(negotiated.maxMessageSize());
        channels.attach(sctp);
        channels.setRole(negotiated.dtlsRole());
    }

    /** The SCTP packet in a datagram of that size. */
    private int packetSize(int datagramSize) {
        return (datagramSize - dtls.recordOverhead()) & ~3;
    }

    NegotiatedTransport negotiated() {
        return negotiated;
    }

    /** Another description of the same peer: it can take messages of another size. */
    void update(NegotiatedTransport renegotiated) {
        negotiated = renegotiated;
        setMaxMessageSize(renegotiated.maxMessageSize());
    }

    private void setMaxMessageSize(long bytes) {
        sctp.setMaxMessageSize(bytes);
        sctpView.setMaxMessageSize(bytes);
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
        closePacketLog();
        dtls.close();
    }

    private @Nullable PcapngLog openPacketLog() {
        Path directory = configuration.packetLog();
        return directory == null ? null : PacketLogs.open(directory, loop.nanoTime());
    }

    private void closePacketLog() {
        PcapngLog log = packetLog;
        packetLog = null;
        if (log != null) {
            PacketLogs.close(log);
        }
    }

    private static DtlsOptions dtlsOptions(Configuration configuration) {
        DtlsOptions options = DtlsOptions.DEFAULT.withMaxDatagramSize(BASE_DATAGRAM);
        Path keyLog = configuration.keyLog();
        if (keyLog != null) {
            options = options.withKeyLog(line -> KeyLogs.append(keyLog, line));
        }
        Duration timeout = configuration.initialRetransmissionTimeout();
        return timeout == null ? options : options.withRetransmissionMillis((int) timeout.toMillis());
    }

    private SctpOptions sctpOptions(int maxPacketSize) {
        SctpOptions.Builder options = SctpOptions.builder()
                .sourcePort(negotiated.localSctpPort())
                .destinationPort(negotiated.remoteSctpPort())
                .maxPacketSize(maxPacketSize)
                .basePacketSize(packetSize(BASE_DATAGRAM))
                .receiveWindow(configuration.receiveWindow())
                // SctpTransport keeps the limit: it has to answer on the sender's thread.
                .sendBufferLimit(Long.MAX_VALUE >> 1)
                .maxInboundMessageSize(configuration.maxMessageSize())
                .congestionControl(configuration.congestionControl())
                .rtoMinNanos(configuration.minRetransmissionTimeout().toNanos())
                .rtoMaxNanos(configuration.maxRetransmissionTimeout().toNanos())
                .sackDelayNanos(configuration.acknowledgementDelay().toNanos())
                // RFC 9653: DTLS authenticates every packet.
                .zeroChecksum(true)
                // ICE notices a dead peer: RFC 7675.
                .associationMaxRetransmits(Integer.MAX_VALUE);
        Duration timeout = configuration.initialRetransmissionTimeout();
        if (timeout != null) {
            options.rtoInitialNanos(timeout.toNanos());
        }
        return options.build();
    }

    /** The association cannot go on: DTLS or what is below it ended. */
    private void end(RtcException cause) {
        sctp.end(cause);
        closePacketLog();
        channels.end(cause);
        sctpView.onClosed();
    }

    private final class DtlsListener implements DtlsTransport.Listener {
        @Override
        public void onStateChange(DtlsTransportState state) {
            if (closed) {
                return;
            }
            DtlsSession agreed = dtls.session();
            if (agreed != null) {
                dtlsView.setRemoteCertificates(agreed.remoteCertificates());
            }
            dtlsView.enter(state);
            onDtlsState.accept(state);
            if (state == DtlsTransportState.CONNECTED) {
                sctp.connect();
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
                RtcException failure = new RtcException(
                        RtcErrorDetails.dtlsFailure(cause.alert()), String.valueOf(cause.getMessage()), cause);
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
