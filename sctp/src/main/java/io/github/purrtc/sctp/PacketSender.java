package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.rx.SackSchedule;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** Puts packets together: control chunks first, then SACK, FORWARD TSN and DATA (RFC 9260 §6.10). */
final class PacketSender {
    private final Association association;
    private final SctpOptions options;
    private final PacketWriter packet = new PacketWriter();
    private long packets;
    private long bytes;
    private boolean wroteProbe;

    PacketSender(Association association) {
        this.association = association;
        options = association.options;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    boolean wroteProbe() {
        return wroteProbe;
    }

    boolean transmit(ByteBuffer out, long nowNanos) {
        wroteProbe = false;
        Tcb tcb = association.tcb();
        boolean control = !association.outbox.isEmpty();
        if (!control && (tcb == null || association.state instanceof State.CookieEchoed)) {
            return false;
        }
        requireRoom(out);
        int tag = control || tcb == null ? association.outbox.verificationTag() : tcb.peerTag();
        PathMtu probing = !control && tcb != null && mayProbe(tcb) ? tcb.pathMtu : null;
        packet.begin(out, maxLength(tcb, control, probing), options.sourcePort(), options.destinationPort(), tag);
        Chunk last = control ? association.outbox.writeTo(packet) : null;
        if (probing != null) {
            probing.writeProbe(packet, nowNanos);
            wroteProbe = true;
        } else if (tcb != null && tag == tcb.peerTag() && mayFollow(last)) {
            writeData(tcb, last, nowNanos);
        }
        if (packet.isEmpty()) {
            packet.cancel();
            return false;
        }
        int length = packet.finish(checksumMode(tcb, tag, control));
        bytes += length;
        packets++;
        int end = out.position();
        association.observe(PacketObserver.Direction.OUTBOUND, out, end - length, end, nowNanos);
        return true;
    }

    /** RFC 9653 §5.2: never where the peer could not know, nor where what was agreed on is not in force on both sides yet. */
    private ChecksumMode checksumMode(@Nullable Tcb tcb, int tag, boolean control) {
        boolean mayBeZero = tcb != null
                && tcb.capabilities.zeroChecksum()
                && tag == tcb.peerTag()
                && !(control && association.outbox.wroteHandshake());
        return mayBeZero ? ChecksumMode.ZERO_ACCEPTABLE : ChecksumMode.CRC32C;
    }

    /** What is due again goes first: the probe might take the room in a short queue on the path. */
    private boolean mayProbe(Tcb tcb) {
        return tcb.pathMtu.isProbeDue()
                && !tcb.sender.hasToRetransmit()
                && association.state.name() == SctpState.ESTABLISHED;
    }

    /** Control chunks never depend on what was found out about the path. */
    private int maxLength(@Nullable Tcb tcb, boolean control, @Nullable PathMtu probing) {
        if (control || tcb == null) {
            return options.basePacketSize();
        }
        return probing != null ? probing.probedSize() : tcb.pathMtu.current();
    }

    private void requireRoom(ByteBuffer out) {
        if (out.remaining() < options.maxPacketSize()) {
            throw new IllegalArgumentException(
                    "no room for a packet of " + options.maxPacketSize() + " bytes: " + out.remaining());
        }
    }

    /** Whether SACK and DATA may go behind that control chunk. */
    private boolean mayFollow(@Nullable Chunk last) {
        if (last != null && Outbox.isAlone(last)) {
            return false;
        }
        return switch (association.state.name()) {
            // §5.1 C: user data may go with the COOKIE ECHO, and not without it.
            case COOKIE_ECHOED -> last instanceof CookieEchoChunk;
            case CLOSED, COOKIE_WAIT -> false;
            default -> true;
        };
    }

    private void writeData(Tcb tcb, @Nullable Chunk control, long nowNanos) {
        boolean beforeEstablished = association.state instanceof State.CookieEchoed;
        SackSchedule schedule = tcb.receiver.schedule();
        boolean sack = !beforeEstablished && schedule.isPending() && tcb.receiver.writeSack(packet);
        boolean data = writeUserData(tcb, nowNanos);
        if (sack && !data && control == null && !schedule.isDue()) {
            // A SACK that may wait goes with something, or not at all; what did not fit beside it does not wait.
            packet.restart();
            sack = false;
            data = writeUserData(tcb, nowNanos);
        }
        if (data) {
            tcb.heartbeat.postpone(nowNanos);
            tcb.pathMtu.onDataSent(packet.length(), nowNanos);
        }
        if (beforeEstablished) {
            // T1-cookie guards what goes with the COOKIE ECHO.
            tcb.sender.stopTimer();
        }
        if (sack) {
            tcb.receiver.onSackSent(nowNanos);
        }
    }

    private boolean writeUserData(Tcb tcb, long nowNanos) {
        boolean established = !(association.state instanceof State.CookieEchoed);
        boolean forwardTsn = established && tcb.sender.writeForwardTsn(packet, nowNanos);
        if ((sendsData() && tcb.sender.write(packet, nowNanos)) || forwardTsn) {
            return true;
        }
        // What was to be sent may have been given up instead.
        return established && tcb.sender.writeForwardTsn(packet, nowNanos);
    }

    private boolean sendsData() {
        return switch (association.state.name()) {
            case COOKIE_ECHOED, ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_RECEIVED -> true;
            default -> false;
        };
    }
}
