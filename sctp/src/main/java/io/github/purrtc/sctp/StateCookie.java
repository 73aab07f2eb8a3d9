package io.github.purrtc.sctp;

import java.nio.ByteBuffer;

/**
 * All that is needed to make the association when the peer's COOKIE ECHO comes: RFC 9260 §5.1.3.
 *
 * @param createdAtNanos when, by the clock that is passed in
 * @param lifeNanos how long it may be used
 * @param ownTieTag the tags of the association that existed then, or 0
 */
record StateCookie(
        long createdAtNanos,
        long lifeNanos,
        int ownTag,
        int ownInitialTsn,
        int ownTieTag,
        int peerTieTag,
        PeerParameters peer) {
    static final int LENGTH = 8 + 8 + 4 * 4 + PeerParameters.LENGTH;

    static StateCookie read(ByteBuffer in) {
        return new StateCookie(
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                PeerParameters.read(in));
    }

    void write(ByteBuffer out) {
        out.putLong(createdAtNanos);
        out.putLong(lifeNanos);
        out.putInt(ownTag);
        out.putInt(ownInitialTsn);
        out.putInt(ownTieTag);
        out.putInt(peerTieTag);
        peer.write(out);
    }
}
