package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ErrorCause;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.HeartbeatAckChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.MalformedPacketException;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.ShutdownAckChunk;
import io.github.purrtc.sctp.packet.ShutdownChunk;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import io.github.purrtc.sctp.packet.StaleCookieCause;
import io.github.purrtc.sctp.packet.UnknownChunk;
import io.github.purrtc.sctp.packet.UnrecognizedAction;
import io.github.purrtc.sctp.packet.UnrecognizedChunkTypeCause;

import java.nio.ByteBuffer;

/** Takes packets apart and hands each chunk to what it concerns, after the rules of verification tags (RFC 9260 §8.5). */
final class PacketReceiver {
    private final Association association;
    private final SctpOptions options;
    private final Handshake handshake;
    private final DataTransfer dataTransfer;
    private final Shutdown shutdown;
    private final PacketReader reader = new PacketReader();

    /** RFC 9653 §5.3: what was announced to the peer holds for what it sends. */
    private final ChecksumMode checksumMode;

    private boolean errorReported;
    private long packets;
    private long bytes;

    PacketReceiver(Association association, Handshake handshake, DataTransfer dataTransfer, Shutdown shutdown) {
        this.association = association;
        options = association.options;
        checksumMode = options.zeroChecksum() ? ChecksumMode.ZERO_ACCEPTABLE : ChecksumMode.CRC32C;
        this.handshake = handshake;
        this.dataTransfer = dataTransfer;
        this.shutdown = shutdown;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    void receive(ByteBuffer packet, long nowNanos) {
        packets++;
        bytes += packet.remaining();
        association.observe(PacketObserver.Direction.INBOUND, packet, packet.position(), packet.limit(), nowNanos);
        if (reader.wrap(packet, checksumMode) != PacketStatus.VALID) {
            association.onMalformed();
            return;
        }
        if (reader.sourcePort() != options.destinationPort() || reader.destinationPort() != options.sourcePort()) {
            association.onDropped();
            return;
        }
        if (association.isEnded()) {
            answerAfterTheEnd();
            return;
        }
        errorReported = false;
        while (!association.isEnded() && reader.next()) {
            if (!handleChunk(nowNanos)) {
                break;
            }
        }
        dataTransfer.endOfPacket(nowNanos);
    }

    /** §8.4, 5: the SHUTDOWN COMPLETE was lost, and the peer still waits for it. All else is dropped. */
    private void answerAfterTheEnd() {
        if (reader.next() && reader.chunkType() == ShutdownAckChunk.TYPE) {
            association.outbox.add(new ShutdownCompleteChunk(true), reader.verificationTag());
        } else {
            association.onDropped();
        }
    }

    /** False when the rest of the packet must not be looked at. */
    private boolean handleChunk(long nowNanos) {
        int type = reader.chunkType();
        if (type == DataChunk.TYPE || type == IDataChunk.TYPE || type == SackChunk.TYPE) {
            Tcb tcb = association.tcb();
            if (tcb == null || reader.verificationTag() != tcb.ownTag) {
                association.onDropped();
                return false;
            }
            tcb.peerIsSilent = false;
            return type == SackChunk.TYPE
                    ? dataTransfer.handleSack(tcb, reader, nowNanos)
                    : dataTransfer.handleData(tcb, reader);
        }
        if (type == HeartbeatAckChunk.TYPE && handleReceipt(nowNanos)) {
            return true;
        }
        try {
            return handleControl(reader.decode(), nowNanos);
        } catch (MalformedPacketException e) {
            association.onMalformed();
            return false;
        }
    }

    /** Read in place: one may come for each packet that was sent. */
    private boolean handleReceipt(long nowNanos) {
        Tcb tcb = association.tcb();
        return tcb != null
                && reader.verificationTag() == tcb.ownTag
                && dataTransfer.handleReceipt(tcb, reader, nowNanos);
    }

    private boolean handleControl(Chunk chunk, long nowNanos) {
        int tag = reader.verificationTag();
        if (chunk instanceof InitChunk init) {
            // §8.5.1 A
            if (tag == 0) {
                handshake.handleInit(init, nowNanos);
            } else {
                association.onDropped();
            }
            return false;
        }
        if (chunk instanceof CookieEchoChunk cookieEcho) {
            // §8.5.1 D: the tag is in the cookie.
            return handshake.handleCookieEcho(cookieEcho, tag, nowNanos);
        }
        if (chunk instanceof AbortChunk abort) {
            handleAbort(abort, tag);
            return false;
        }
        if (chunk instanceof ShutdownCompleteChunk complete) {
            if (isOurs(tag, complete.tagReflected())) {
                shutdown.handleShutdownComplete();
            } else {
                association.onDropped();
            }
            return false;
        }
        if (chunk instanceof ShutdownAckChunk && !(association.state instanceof State.Closed)) {
            // §8.5.1 E: before the association is up, whatever the tag.
            boolean before = association.state.name() == SctpState.COOKIE_WAIT
                    || association.state.name() == SctpState.COOKIE_ECHOED;
            if (before || isOurs(tag, false)) {
                shutdown.handleShutdownAck(tag);
                return true;
            }
        }
        if (!isOurs(tag, false)) {
            // §8.4, §8.5: inside a DTLS association there is nobody else to answer.
            association.onDropped();
            return false;
        }
        return handleTagged(chunk, nowNanos);
    }

    /** The chunks for which the tag must be ours. */
    private boolean handleTagged(Chunk chunk, long nowNanos) {
        if (chunk instanceof InitAckChunk initAck) {
            handshake.handleInitAck(initAck, nowNanos);
            return false;
        }
        Tcb tcb = association.tcb();
        if (tcb == null) {
            association.onDropped();
            return false;
        }
        tcb.peerIsSilent = false;
        if (chunk instanceof CookieAckChunk) {
            handshake.handleCookieAck(nowNanos);
        } else if (chunk instanceof HeartbeatChunk heartbeat) {
            // §8.3: what does not fit a packet is not echoed.
            if (chunk.length() <= options.basePacketSize() - PacketReader.COMMON_HEADER_LENGTH) {
                association.outbox.add(new HeartbeatAckChunk(heartbeat.parameters()), tcb.peerTag());
            }
        } else if (chunk instanceof HeartbeatAckChunk ack) {
            if (tcb.heartbeat.handleAck(ack, nowNanos) || tcb.pathMtu.handleAck(ack, nowNanos)) {
                tcb.sender.onTimeoutChanged(nowNanos);
                tcb.errors.clear();
            }
        } else if (chunk instanceof ErrorChunk error) {
            handleError(error, nowNanos);
        } else if (chunk instanceof ShutdownChunk down) {
            shutdown.handleShutdown(down, nowNanos);
        } else if (chunk instanceof ForwardTsnChunk forward) {
            return dataTransfer.handleForwardTsn(tcb, forward);
        } else if (chunk instanceof ReConfigChunk reConfig) {
            return handleReConfig(tcb, reConfig, nowNanos);
        } else if (chunk instanceof IForwardTsnChunk forward) {
            return dataTransfer.handleIForwardTsn(tcb, forward);
        } else if (chunk instanceof UnknownChunk unknown) {
            return handleUnknown(tcb, unknown);
        }
        return true;
    }

    /** §8.5.1 B, C: our tag, or the peer's own if it says that it reflects. */
    private boolean isOurs(int tag, boolean reflected) {
        if (association.state instanceof State.CookieWait wait) {
            return !reflected && tag == wait.init().initiateTag();
        }
        Tcb tcb = association.tcb();
        return tcb != null && tag == (reflected ? tcb.peerTag() : tcb.ownTag);
    }

    private void handleAbort(AbortChunk abort, int tag) {
        if (!isOurs(tag, abort.tagReflected())) {
            association.onDropped();
            return;
        }
        ErrorCause cause = abort.causes().isEmpty() ? null : abort.causes().get(0);
        association.outbox.clear();
        association.end(new SctpEvent.Aborted(
                AbortOrigin.PEER, cause == null ? 0 : cause.type(), cause == null ? "" : CauseText.of(cause)));
    }

    private void handleError(ErrorChunk error, long nowNanos) {
        for (ErrorCause cause : error.causes()) {
            if (cause instanceof StaleCookieCause stale) {
                handshake.handleStaleCookie(stale, nowNanos);
            }
        }
        if (!error.causes().isEmpty()) {
            ErrorCause first = error.causes().get(0);
            association.addPeerError(new SctpEvent.PeerError(first.type(), CauseText.of(first)));
        }
    }

    private boolean handleReConfig(Tcb tcb, ReConfigChunk chunk, long nowNanos) {
        if (!(association.state instanceof State.CookieEchoed)) {
            tcb.streamReset.handle(association, tcb, chunk, nowNanos);
        }
        return true;
    }

    /** §3.2: what to do with it is in the type's two highest bits. */
    private boolean handleUnknown(Tcb tcb, UnknownChunk chunk) {
        UnrecognizedAction action = UnrecognizedAction.ofChunk(chunk.type());
        if (action.reports() && !errorReported) {
            errorReported = true;
            int room = Math.min(chunk.length(), options.basePacketSize() / 2);
            Bytes head = Bytes.copyOf(reader.buffer(), reader.chunkOffset(), room);
            association.sendError(tcb, new UnrecognizedChunkTypeCause(head));
        }
        return !action.stops();
    }
}
