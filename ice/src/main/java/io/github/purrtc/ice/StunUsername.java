package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.StunPeek;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a router can learn from a check of ICE (a STUN Binding request; RFC 8445 §7.2.2) without any password. */
public final class StunUsername {
    private static final int MOST_FRAGMENT_BYTES = 256;

    private StunUsername() {}

    /**
     * The username fragment of the connection that a datagram is for, as it stands there: nothing about it is authentic.
     *
     * @param datagram between position and limit, which stay as they are
     * @return null if the datagram is no STUN request with a USERNAME
     */
    public static @Nullable String localFragment(ByteBuffer datagram) {
        if (!StunPeek.looksLikeStun(datagram) || StunPeek.kind(datagram) != StunPeek.Kind.REQUEST) {
            return null;
        }
        long username = StunPeek.username(datagram);
        if (username < 0) {
            return null;
        }
        int index = (int) (username >>> 32);
        int length = StunPeek.localFragmentLength(datagram, index, (int) username);
        if (length > MOST_FRAGMENT_BYTES) {
            return null;
        }
        byte[] bytes = new byte[length];
        datagram.get(index, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
