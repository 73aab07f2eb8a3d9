package io.github.purrtc.ice;

import java.net.InetSocketAddress;

/**
 * Decides on a check (a STUN Binding request) that came to a shared port with a username fragment of which no connection is
 * known. Nothing about the request is authentic. Called on a loop, a thousand times a second at most; must not block.
 */
@FunctionalInterface
public interface UnknownUsernameHook {
    /** What becomes of the request. */
    enum Decision {
        /** Forget it. */
        DROP,
        /** Keep it for a second, for a connection with that fragment which is being made; only so many are kept. */
        HOLD
    }

    /**
     * The username of the request, in its two parts, and where it came from.
     *
     * @param localFragment the part before the colon: of the connection that is meant
     * @param remoteFragment the part after the colon, empty if there is none: of the peer
     */
    Decision onRequest(String localFragment, String remoteFragment, InetSocketAddress source);
}
