package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.InvalidStreamIdentifierCause;
import io.github.purrtc.sctp.packet.NoUserDataCause;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.SackView;
import io.github.purrtc.sctp.rx.DataReceiver;
import io.github.purrtc.sctp.tx.DataSender;
import io.github.purrtc.sctp.tx.Receipts;

/** User data between the packets and the two halves of the association: RFC 9260 §6, RFC 3758. */
final class DataTransfer {
    private final Association association;
    private final Shutdown shutdown;
    private boolean dataInPacket;

    DataTransfer(Association association, Shutdown shutdown) {
        this.association = association;
        this.shutdown = shutdown;
    }

    /** False when the rest of the packet must not be looked at. */
    boolean handleData(Tcb tcb, PacketReader reader) {
        DataView data = reader.data();
        if (data == null) {
            association.onMalformed();
            return false;
        }
        if (!receivesData()) {
            association.onDropped();
            return false;
        }
        if (reader.chunkType() != tcb.dataFormat.chunkType()) {
            // RFC 8260 §2.2.1: one of the two, and never the other.
            association.violation(
                    tcb.dataFormat == DataFormat.DATA
                            ? "I-DATA without negotiation"
                            : "DATA where I-DATA was negotiated");
            return false;
        }
        if (data.payloadLength() == 0) {
            // §6.2
            association.abort(
                    AbortOrigin.PROTOCOL_VIOLATION, new NoUserDataCause(data.tsn()), "DATA without user data");
            return false;
        }
        dataInPacket = true;
        switch (tcb.receiver.handleData(data, tcb.inboundStreams, reader.buffer())) {
            case ACCEPTED -> association.userBytesReceived += data.payloadLength();
            case DUPLICATE -> association.duplicateChunks++;
            case INVALID_STREAM -> association.sendError(tcb, new InvalidStreamIdentifierCause(data.streamId()));
            case VIOLATION -> abortForViolation(tcb);
            default -> {}
        }
        return true;
    }

    boolean handleForwardTsn(Tcb tcb, ForwardTsnChunk chunk) {
        if (!tcb.capabilities.partialReliability() || tcb.dataFormat != DataFormat.DATA) {
            association.violation("FORWARD TSN without negotiation");
            return false;
        }
        if (!receivesData()) {
            association.onDropped();
            return false;
        }
        dataInPacket = true;
        return afterForward(tcb, tcb.receiver.handleForwardTsn(chunk));
    }

    boolean handleIForwardTsn(Tcb tcb, IForwardTsnChunk chunk) {
        if (!tcb.capabilities.partialReliability() || tcb.dataFormat != DataFormat.I_DATA) {
            association.violation("I-FORWARD-TSN without negotiation");
            return false;
        }
        if (!receivesData()) {
            association.onDropped();
            return false;
        }
        dataInPacket = true;
        return afterForward(tcb, tcb.receiver.handleIForwardTsn(chunk, tcb.inboundStreams));
    }

    private boolean afterForward(Tcb tcb, boolean sound) {
        if (!sound) {
            association.onMalformed();
        }
        if (tcb.receiver.violation() != null) {
            abortForViolation(tcb);
        }
        return true;
    }

    /** The packet is read to its end. */
    void endOfPacket(long nowNanos) {
        if (!dataInPacket) {
            return;
        }
        dataInPacket = false;
        Tcb tcb = association.tcb();
        if (tcb != null) {
            tcb.receiver.endOfPacket();
            tcb.streamReset.onTsnsReceived(association, tcb);
            shutdown.onDataReceived(nowNanos);
        }
    }

    boolean handleSack(Tcb tcb, PacketReader reader, long nowNanos) {
        SackView sack = reader.sack();
        if (sack == null) {
            association.onMalformed();
            return false;
        }
        // Also before the COOKIE ACK, which it may have overtaken: it answers what went with the COOKIE ECHO.
        DataSender.SackResult result = tcb.sender.handleSack(sack, nowNanos);
        if (result == DataSender.SackResult.PROGRESS) {
            // §8.1
            tcb.errors.clear();
            tcb.pathMtu.onProgress();
            if (tcb.sender.losesLargePackets()) {
                tcb.pathMtu.onSuspicion();
            }
        } else if (result == DataSender.SackResult.INVALID) {
            association.onMalformed();
        }
        return true;
    }

    /** Takes in a HEARTBEAT ACK if it is a receipt; false if it is another. */
    boolean handleReceipt(Tcb tcb, PacketReader reader, long nowNanos) {
        int info = reader.heartbeatInfoOffset(Receipts.INFO_LENGTH);
        if (info < 0 || !tcb.sender.handleReceipt(reader.buffer(), info, nowNanos)) {
            return false;
        }
        // §8.3
        tcb.errors.clear();
        return true;
    }

    /** T3-rtx */
    void onTimeout(Tcb tcb, long nowNanos) {
        if (tcb.sender.onTimeout(nowNanos) == DataSender.Timeout.EXPIRED) {
            tcb.errors.increment();
            tcb.pathMtu.onSuspicion();
        }
    }

    /** §9.2: once the peer said SHUTDOWN, or we wait for its SHUTDOWN COMPLETE, it has no data to send. */
    private boolean receivesData() {
        return switch (association.state.name()) {
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT -> true;
            default -> false;
        };
    }

    private void abortForViolation(Tcb tcb) {
        DataReceiver receiver = tcb.receiver;
        String violation = receiver.violation();
        association.violation(violation == null ? "illegal DATA" : violation);
    }
}
