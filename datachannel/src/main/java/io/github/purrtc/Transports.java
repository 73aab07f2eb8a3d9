package io.github.purrtc;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceGatherer;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.PcapngLog;
import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sdp.IceCredentials;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** ICE, DTLS and SCTP of one connection, each made known to the next. Confined to the loop. */
final class Transports {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transports.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** RFC 8831 §5: what fits every path; with the headers of IPv6 and UDP it is within 1,280 bytes. */
    private static final int BASE_DATAGRAM = Configuration.BASE_DATAGRAM_SIZE;

    private static final long UNKNOWN = -1;

    private final NetworkLoop loop;
    private final Configuration configuration;
    private final DataChannels channels;
    private final Listener listener;
    private final IceGatherer gatherer;
    private final IceTransport ice;
    private final DtlsTransport dtls;
    private final int maxPacketSize;
    private @Nullable SctpTransport sctp;
    private @Nullable PcapngLog packetLog;
    private @Nullable Parameters parameters;
    private @Nullable IceParameters preparedIce;
    private boolean restarting;

    /** Whether the peer may know of what is gathered. */
    private boolean isTold;

    private Phase phase = Phase.NEW;

    private enum Phase {
        NEW,
        STARTED,
        SECURING,
        CLOSED
    }

    /** What both descriptions say together. */
    record Parameters(
            IceRole iceRole,
            IceParameters remoteIce,
            DtlsRole dtlsRole,
            List<Fingerprint> remoteFingerprints,
            int localSctpPort,
            int remoteSctpPort,
            long maxMessageSize) {}

    /** All on the loop. */
    interface Listener {
        void onCandidate(Candidate candidate);

        void onGathererState(IceGathererState state);

        void onCandidateError(IceCandidateError error);

        void onIceState(IceTransportState state);

        void onSelectedPair(CandidatePair pair);

        void onDtlsState(DtlsTransportState state);
    }

    Transports(
            NetworkLoop loop,
            Handshakes handshakes,
            Configuration configuration,
            DtlsCertificate certificate,
            DataChannels channels,
            Listener listener) {
        this.loop = loop;
        this.configuration = configuration;
        this.channels = channels;
        this.listener = listener;
        gatherer = new IceGatherer(loop, gatherOptions(configuration));
        gatherer.listener(new GathererListener());
        ice = new IceTransport(loop, gatherer, IceOptions.defaults(), new IceListener());
        dtls = new DtlsTransport(
                certificate, dtlsOptions(configuration), loop, handshakes, new IceSink(ice), new DtlsListener());
        maxPacketSize = packetSize(configuration.maxDatagramSize());
    }

    /** The SCTP packet in a datagram of that size. */
    private int packetSize(int datagramSize) {
        return (datagramSize - dtls.recordOverhead()) & ~3;
    }

    private static IceGatherOptions gatherOptions(Configuration configuration) {
        IceGatherOptions.Builder options = IceGatherOptions.builder()
                .includeLoopback(configuration.includeLoopback())
                .iceServers(configuration.iceServers())
                .transportPolicy(configuration.iceTransportPolicy())
                .usernameFragmentPrefix(configuration.usernameFragmentPrefix())
                .addressMapping(configuration.addressMapping())
                .lite(configuration.iceLite());
        return configuration.gathering().apply(options).build();
    }

    IceParameters localIceParameters() {
        return gatherer.localParameters();
    }

    /** The credentials that a description which restarts ICE is to have: new ones, the same until it is set. */
    IceParameters restartParameters() {
        IceParameters prepared = preparedIce;
        if (prepared == null && !restarting) {
            prepared = gatherer.newParameters();
            preparedIce = prepared;
        }
        return prepared != null ? prepared : gatherer.localParameters();
    }

    /** Whether a peer with these credentials has restarted ICE (RFC 8839 §4.4.1.1.1). */
    boolean isRestart(IceCredentials remote) {
        Parameters negotiated = parameters;
        return negotiated != null
                && !negotiated.remoteIce().usernameFragment().equals(remote.ufrag())
                && !negotiated.remoteIce().password().equals(remote.pwd());
    }

    /** A local description was set: ICE restarts if it says so. */
    void onLocalDescription(IceCredentials local) {
        IceParameters prepared = preparedIce;
        if (prepared != null && prepared.usernameFragment().equals(local.ufrag())) {
            preparedIce = null;
            restarting = true;
            ice.restart(prepared);
        }
    }

    /** The local description is taken back, and the restart with it. */
    void onRollback() {
        preparedIce = null;
        if (restarting) {
            restarting = false;
            ice.cancelRestart();
        }
    }

    List<Candidate> localCandidates() {
        return (isTold ? gatherer.localCandidates() : List.<Candidate>of())
                .stream()
                        .filter(candidate -> configuration.candidateTypes().contains(candidate.type()))
                        .toList();
    }

    /** Gathers, and makes known what was gathered before. */
    void gather() {
        if (!isTold) {
            isTold = true;
            IceGathererState reached = gatherer.state();
            if (reached != IceGathererState.NEW) {
                listener.onGathererState(IceGathererState.GATHERING);
                localCandidates().forEach(listener::onCandidate);
            }
            if (reached == IceGathererState.COMPLETE) {
                listener.onGathererState(reached);
            }
        }
        gatherer.gather();
    }

    /** Gathers without a word until {@link #gather}: webrtc-pc §4.4.1.1, the candidate pool. */
    void gatherAhead() {
        gatherer.gather();
    }

    void addRemoteCandidate(Candidate candidate) {
        if (configuration.candidateTypes().contains(candidate.type())) {
            ice.addRemoteCandidate(candidate);
        }
    }

    void endOfRemoteCandidates(@Nullable String usernameFragment) {
        ice.endOfRemoteCandidates(usernameFragment);
    }

    /** Starts once; later descriptions can restart ICE and change the size of messages. */
    void start(Parameters negotiated) {
        SctpTransport existing = sctp;
        if (existing != null) {
            existing.setMaxMessageSize(negotiated.maxMessageSize());
            if (restarting) {
                restarting = false;
                parameters = negotiated;
                ice.start(ice.role(), negotiated.remoteIce());
            }
            return;
        }
        if (phase != Phase.NEW) {
            return;
        }
        phase = Phase.STARTED;
        parameters = negotiated;
        SctpAssociation association = new SctpAssociation(sctpOptions(negotiated), RANDOM);
        association.setPacketObserver(openPacketLog());
        SctpTransport transport = new SctpTransport(
                loop, ice, dtls, association, channels, maxPacketSize, configuration.sendBufferLimit());
        transport.setMaxMessageSize(negotiated.maxMessageSize());
        sctp = transport;
        channels.attach(transport);
        channels.setRole(negotiated.dtlsRole());
        ice.start(negotiated.iceRole(), negotiated.remoteIce());
    }

    private @Nullable PcapngLog openPacketLog() {
        Path directory = configuration.packetLog();
        packetLog = directory == null ? null : PacketLogs.open(directory, loop.nanoTime());
        return packetLog;
    }

    private void closePacketLog() {
        PcapngLog log = packetLog;
        packetLog = null;
        if (log != null) {
            PacketLogs.close(log);
        }
    }

    @Nullable
    DtlsRole dtlsRole() {
        Parameters negotiated = parameters;
        return negotiated == null ? null : negotiated.dtlsRole();
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

    private SctpOptions sctpOptions(Parameters negotiated) {
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

    @Nullable
    CandidatePair selectedPair() {
        return ice.selectedPair();
    }

    IceTransportState iceState() {
        return ice.state();
    }

    /** From any thread. */
    @Nullable
    DtlsSession dtlsSession() {
        return dtls.session();
    }

    DtlsTransportState dtlsState() {
        return dtls.state();
    }

    /** Tells the peer at each layer, then lets go of everything. */
    void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        SctpTransport transport = sctp;
        if (transport != null) {
            if (dtls.state() == DtlsTransportState.CONNECTED) {
                transport.abort("the connection was closed");
            }
            transport.end(new RtcException(ErrorName.OPERATION_ERROR, "the connection was closed"));
        }
        closePacketLog();
        dtls.close();
        ice.stop();
    }

    /** The association cannot go on: DTLS or what is below it ended. */
    private void endSctp(RtcException cause) {
        SctpTransport transport = sctp;
        if (transport != null) {
            transport.end(cause);
        }
        closePacketLog();
        channels.end(cause);
    }

    private final class GathererListener implements IceGatherer.Listener {
        @Override
        public void onCandidate(Candidate candidate) {
            if (isTold && configuration.candidateTypes().contains(candidate.type())) {
                listener.onCandidate(candidate);
            }
        }

        @Override
        public void onStateChange(IceGathererState state) {
            if (isTold) {
                listener.onGathererState(state);
            }
        }

        @Override
        public void onError(IceCandidateError error) {
            listener.onCandidateError(error);
        }
    }

    private final class IceListener implements IceTransport.Listener {
        @Override
        public void onStateChange(IceTransportState state) {
            listener.onIceState(state);
        }

        @Override
        public void onSelectedPair(CandidatePair pair) {
            LOGGER.debug("Selected pair: {}", pair);
            listener.onSelectedPair(pair);
            SctpTransport transport = sctp;
            if (transport != null) {
                transport.onPathChange();
            }
            Parameters negotiated = parameters;
            if (phase == Phase.STARTED && negotiated != null) {
                phase = Phase.SECURING;
                long roundTripNanos =
                        configuration.initialRetransmissionTimeout() == null ? ice.roundTripNanos() : UNKNOWN;
                dtls.start(negotiated.dtlsRole(), negotiated.remoteFingerprints(), roundTripNanos);
            }
        }

        @Override
        public void onDatagram(ByteBuffer datagram) {
            dtls.receive(datagram);
        }

        @Override
        public void onEndOfBurst() {
            SctpTransport transport = sctp;
            if (transport != null) {
                transport.endOfBurst();
            }
        }

        @Override
        public void onWritable() {
            SctpTransport transport = sctp;
            if (transport != null) {
                transport.onWritable();
            }
        }
    }

    private final class DtlsListener implements DtlsTransport.Listener {
        @Override
        public void onStateChange(DtlsTransportState state) {
            listener.onDtlsState(state);
            SctpTransport transport = sctp;
            if (state == DtlsTransportState.CONNECTED && transport != null) {
                transport.connect();
            } else if (state == DtlsTransportState.CLOSED && phase != Phase.CLOSED) {
                endSctp(new RtcException(ErrorName.OPERATION_ERROR, "the peer closed the connection"));
            }
        }

        @Override
        public void onApplicationData(ByteBuffer plaintext) {
            SctpTransport transport = sctp;
            if (transport != null) {
                transport.receive(plaintext);
            }
        }

        @Override
        public void onError(DtlsException cause) {
            endSctp(new RtcException(ErrorName.OPERATION_ERROR, "DTLS failed: " + cause.getMessage(), cause));
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
