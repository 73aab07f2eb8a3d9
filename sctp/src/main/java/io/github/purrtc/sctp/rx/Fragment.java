package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataView;

import java.nio.ByteBuffer;

/** A fragment that came before its turn, kept until its message is whole. */
final class Fragment {
    final int flags;
    final int streamId;
    final int ssn;
    final int mid;
    final int fsn;
    final int ppid;
    final ByteBuffer payload;
    /** In the first and the last fragment of a run of adjacent ones of one message: the TSN at the other end. */
    long otherEnd;

    Fragment(DataView data, ByteBuffer packet) {
        flags = data.flags();
        streamId = data.streamId();
        ssn = data.ssn();
        mid = data.mid();
        fsn = data.fsn();
        ppid = data.ppid();
        byte[] copy = new byte[data.payloadLength()];
        packet.get(data.payloadOffset(), copy);
        payload = ByteBuffer.wrap(copy);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    int length() {
        return payload.capacity();
    }

    /** Whether this one, which directly follows {@code previous}, continues its message. */
    boolean continues(Fragment previous) {
        return streamId == previous.streamId
                && ppid == previous.ppid
                && has(DataFlags.UNORDERED) == previous.has(DataFlags.UNORDERED)
                && (ssn == previous.ssn || has(DataFlags.UNORDERED));
    }
}
