package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunAttribute;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;

/** One generation's user names and passwords, and the messages that are made with them (RFC 8445 §7.2.2, §7.3). */
final class Credentials {

    /** Bounds what an error response lists, and so its size. */
    private static final int MAX_UNKNOWN_LISTED = 8;

    private final String localFragment;
    private final ShortTermKey localKey;
    private @Nullable IceParameters remote;
    private @Nullable ShortTermKey remoteKey;

    Credentials(IceParameters local) {
        localFragment = local.usernameFragment();
        localKey = new ShortTermKey(local.password());
    }

    /** Whether a request is meant for this generation, whoever has made it. */
    boolean isAddressed(StunMessage request) {
        String name = request.username();
        return name != null && name.startsWith(localFragment + ":");
    }

    boolean isRenominationKnownToPeer() {
        IceParameters peer = remote;
        return peer != null && peer.renomination();
    }

    void remote(IceParameters parameters) {
        remote = parameters;
        remoteKey = new ShortTermKey(parameters.password());
    }

    /**
     * Whether a request's USERNAME is ours and, once that is known, the peer's. Looks at names only, so that a stranger's
     * request costs next to nothing.
     */
    boolean hasRightName(StunMessage request) {
        String name = request.username();
        if (name == null) {
            return false;
        }
        IceParameters peer = remote;
        return peer == null ? isAddressed(request) : name.equals(localFragment + ":" + peer.usernameFragment());
    }

    boolean isAuthenticRequest(StunMessage request) {
        return hasRightName(request) && request.isAuthentic(localKey);
    }

    boolean isAuthenticResponse(StunMessage response) {
        ShortTermKey key = remoteKey;
        return key != null && response.isAuthentic(key);
    }

    boolean isGeneration(@Nullable String usernameFragment) {
        IceParameters peer = remote;
        return usernameFragment == null || peer == null || usernameFragment.equals(peer.usernameFragment());
    }

    byte[] finishRequest(StunEncoder request) {
        IceParameters peer = remote;
        ShortTermKey key = remoteKey;
        if (peer == null || key == null) {
            throw new IllegalStateException("the peer's credentials are not known");
        }
        return request.username(peer.usernameFragment() + ":" + localFragment)
                .integrity(key)
                .fingerprint()
                .toBytes();
    }

    byte[] success(StunMessage request, InetSocketAddress source) {
        return finishResponse(new StunEncoder(StunClass.SUCCESS, request.id()).xorMappedAddress(source));
    }

    byte[] roleConflict(StunMessage request) {
        return finishResponse(
                new StunEncoder(StunClass.ERROR, request.id()).errorCode(Stun.ERROR_ROLE_CONFLICT, "Role Conflict"));
    }

    byte[] unknownAttributes(StunMessage request) {
        List<Integer> types = request.others().stream()
                .filter(StunAttribute::comprehensionRequired)
                .map(StunAttribute::type)
                .limit(MAX_UNKNOWN_LISTED)
                .toList();
        return finishResponse(new StunEncoder(StunClass.ERROR, request.id())
                .errorCode(Stun.ERROR_UNKNOWN_ATTRIBUTE, "Unknown Attribute")
                .unknownAttributes(types));
    }

    private byte[] finishResponse(StunEncoder response) {
        return response.integrity(localKey).fingerprint().toBytes();
    }
}
