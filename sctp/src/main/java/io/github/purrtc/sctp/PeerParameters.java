package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;

import java.nio.ByteBuffer;

/** What the peer's INIT or INIT ACK says about it. */
record PeerParameters(
        int tag, int initialTsn, long aRwnd, int outboundStreams, int inboundStreams, Capabilities capabilities) {
    static final int LENGTH = 5 * 4;

    /** RFC 9260 §3.3.2: an INIT that announces less must not be answered. */
    private static final long MIN_RWND = 1500;

    static PeerParameters of(InitChunk init) {
        return new PeerParameters(
                init.initiateTag(),
                init.initialTsn(),
                init.aRwnd(),
                init.outboundStreams(),
                init.inboundStreams(),
                Capabilities.of(init.parameters()));
    }

    static PeerParameters of(InitAckChunk initAck) {
        return new PeerParameters(
                initAck.initiateTag(),
                initAck.initialTsn(),
                initAck.aRwnd(),
                initAck.outboundStreams(),
                initAck.inboundStreams(),
                Capabilities.of(initAck.parameters()));
    }

    static PeerParameters read(ByteBuffer in) {
        int tag = in.getInt();
        int initialTsn = in.getInt();
        long aRwnd = Integer.toUnsignedLong(in.getInt());
        int streams = in.getInt();
        return new PeerParameters(
                tag, initialTsn, aRwnd, streams >>> 16, streams & 0xFFFF, Capabilities.ofBits(in.getInt()));
    }

    void write(ByteBuffer out) {
        out.putInt(tag);
        out.putInt(initialTsn);
        out.putInt((int) aRwnd);
        out.putInt(outboundStreams << 16 | inboundStreams);
        out.putInt(capabilities.bits());
    }

    /** RFC 9260 §3.3.2, §3.3.3: without streams or a window there is no association. */
    boolean isUsable() {
        return outboundStreams > 0 && inboundStreams > 0 && aRwnd >= MIN_RWND;
    }
}
