package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.Serial;
import io.github.purrtc.sctp.rx.DataReceiver;
import io.github.purrtc.sctp.tx.CongestionControl;
import io.github.purrtc.sctp.tx.Cubic;
import io.github.purrtc.sctp.tx.DataSender;
import io.github.purrtc.sctp.tx.NewReno;
import io.github.purrtc.sctp.tx.PathAdaptive;
import io.github.purrtc.sctp.tx.Receipts;
import io.github.purrtc.sctp.tx.RetransmissionTimeout;
import io.github.purrtc.sctp.tx.SendQueue;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/** The Transmission Control Block (RFC 9260 §14): what exists once both sides' parameters are known. */
final class Tcb {
    final int ownTag;
    final int ownInitialTsn;
    final Capabilities capabilities;
    final DataFormat dataFormat;
    int outboundStreams;
    int inboundStreams;
    final ErrorCounter errors;
    final RetransmissionTimeout timeout;
    final DataSender sender;
    final DataReceiver receiver;
    final Heartbeat heartbeat;
    final PathMtu pathMtu;
    final StreamReset streamReset;

    /** Whether the peer's parameters were told by signalling, and no packet has come of it yet. */
    boolean peerIsSilent;

    private int peerTag;

    Tcb(
            SctpOptions options,
            RandomGenerator random,
            SendQueue queue,
            int ownTag,
            int ownInitialTsn,
            PeerParameters peer,
            BitSet partStreams) {
        this.ownTag = ownTag;
        this.ownInitialTsn = ownInitialTsn;
        peerTag = peer.tag();
        capabilities = peer.capabilities().negotiated(options);
        dataFormat = capabilities.dataFormat();
        // RFC 9260 §5.1.1: the smaller of what one side asks for and the other allows.
        outboundStreams = Math.min(options.outboundStreams(), peer.inboundStreams());
        inboundStreams = Math.min(options.inboundStreams(), peer.outboundStreams());
        queue.limitStreams(outboundStreams);
        int packetPayload = dataFormat.payloadOfPacket(options.basePacketSize());
        queue.useFormat(dataFormat, packetPayload, peer.aRwnd());
        errors = new ErrorCounter(options.associationMaxRetransmits());
        timeout = new RetransmissionTimeout(
                options.rtoInitialNanos(), options.rtoMinNanos(), options.rtoMaxNanos(), options.maxRtoBackoff());
        sender = new DataSender(
                queue,
                Serial.first32(ownInitialTsn),
                peer.aRwnd(),
                packetPayload,
                options.maxBurstPackets(),
                congestionControl(options, packetPayload),
                timeout,
                capabilities.partialReliability(),
                dataFormat,
                new Receipts(ownTag, !capabilities.padding()));
        receiver = new DataReceiver(
                Serial.first32(peer.initialTsn()),
                options.receiveWindow(),
                options.maxReceiveWindow(),
                options.sharedMemory(),
                options.maxInboundMessageSize(),
                options.sackDelayNanos(),
                capabilities.isContentWithFewSacks(),
                options.basePacketSize(),
                dataFormat,
                partStreams);
        heartbeat = new Heartbeat(options.heartbeatIntervalNanos(), random, timeout);
        pathMtu =
                new PathMtu(options.basePacketSize(), options.maxPacketSize(), capabilities.padding(), random, timeout);
        streamReset = new StreamReset(ownInitialTsn, peer.initialTsn());
    }

    int peerTag() {
        return peerTag;
    }

    /** RFC 9260 §5.2.4 B: the peer chose another tag before it knew that we had answered. */
    void setPeerTag(int tag) {
        peerTag = tag;
    }

    private static CongestionControl congestionControl(SctpOptions options, int packetPayload) {
        return switch (options.congestionControl()) {
            case NEW_RENO -> new NewReno(packetPayload, options.initialWindowPackets());
            case CUBIC -> new Cubic(packetPayload, options.initialWindowPackets());
            case BBR -> new PathAdaptive(packetPayload, options.initialWindowPackets());
        };
    }
}
