package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SharedMemory;
import io.github.purrtc.sctp.SignalledInit;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * What an association has to know of the peer and of what is below.
 *
 * @param role decides about the ids of channels: RFC 8832 §6
 * @param maxMessageSize the largest message that the peer takes, in bytes; {@link Long#MAX_VALUE} for any
 * @param recordOverhead the bytes that DTLS adds to a packet
 */
record AssociationSettings(DtlsRole role, int localPort, int remotePort, long maxMessageSize, int recordOverhead) {
    /** After an outage, however long, the path is tried again within two timeouts. */
    private static final int MAX_RTO_BACKOFF = 2;

    /** With that bound as many minutes as RFC 9260's eight, each of which waits twice as long as the one before. */
    private static final int MAX_INIT_RETRANSMITS = 300;

    private static final SecureRandom RANDOM = new SecureRandom();

    static AssociationSettings of(NegotiatedTransport negotiated, DtlsTransport dtls) {
        return new AssociationSettings(
                negotiated.dtlsRole(),
                negotiated.localSctpPort(),
                negotiated.remoteSctpPort(),
                negotiated.maxMessageSize(),
                dtls.recordOverhead());
    }

    int maxPacketSize(Configuration configuration) {
        return packetSize(configuration.maxDatagramSize());
    }

    /** The SCTP packet in a datagram of that size. */
    private int packetSize(int datagramSize) {
        return (datagramSize - recordOverhead) & ~3;
    }

    /** An INIT for the association of a connection that has this configuration. */
    static SignalledInit newInit(Configuration configuration) {
        return SignalledInit.create(announced(configuration).build(), RANDOM);
    }

    /** What the peer is told of: setConfiguration leaves it as it is. */
    private static SctpOptions.Builder announced(Configuration configuration) {
        return SctpOptions.builder()
                .receiveWindow(Math.max(configuration.receiveWindow(), configuration.maxMessageSize()))
                .zeroChecksum(configuration.zeroChecksum());
    }

    SctpOptions options(Configuration configuration, SharedMemory memory) {
        SctpOptions.Builder options = announced(configuration)
                .sourcePort(localPort)
                .destinationPort(remotePort)
                .maxPacketSize(maxPacketSize(configuration))
                .basePacketSize(packetSize(configuration.baseDatagramSize()))
                .maxReceiveWindow(configuration.maxReceiveWindow())
                .sharedMemory(memory)
                // SctpDriver keeps the limit: it has to answer on the sender's thread.
                .sendBufferLimit(Long.MAX_VALUE >> 1)
                .maxInboundMessageSize(configuration.maxMessageSize())
                .congestionControl(configuration.congestionControl())
                .rtoMinNanos(configuration.minRetransmissionTimeout().toNanos())
                .rtoMaxNanos(configuration.maxRetransmissionTimeout().toNanos())
                .sackDelayNanos(configuration.acknowledgementDelay().toNanos())
                // ICE notices a dead peer: RFC 7675.
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .maxInitRetransmits(MAX_INIT_RETRANSMITS)
                .maxRtoBackoff(MAX_RTO_BACKOFF);
        Duration timeout = configuration.initialRetransmissionTimeout();
        if (timeout != null) {
            options.rtoInitialNanos(timeout.toNanos());
        }
        return options.build();
    }
}
