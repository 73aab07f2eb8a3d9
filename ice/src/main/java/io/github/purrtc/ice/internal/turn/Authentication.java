package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The long-term credential mechanism (RFC 8489 §9.2) towards one server. */
final class Authentication {
    private final String username;
    private final String password;
    private @Nullable ShortTermKey key;
    private String realm = "";
    private byte[] nonce = {};

    Authentication(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** Whether the server has told its realm and a nonce. */
    boolean isChallenged() {
        return key != null;
    }

    /** Takes realm and nonce from an error response; false if they are not there. */
    boolean challenge(StunMessage response) {
        String newRealm = response.realm();
        byte[] newNonce = response.nonce();
        if (newNonce == null || (newRealm == null && key == null)) {
            return false;
        }
        nonce = newNonce;
        if (newRealm != null && (key == null || !newRealm.equals(realm))) {
            realm = newRealm;
            key = ShortTermKey.longTerm(username, newRealm, password);
        }
        return true;
    }

    /** Ends a request with credentials, once the server has asked for them. */
    void sign(StunEncoder request) {
        ShortTermKey known = key;
        if (known != null) {
            request.username(username)
                    .attribute(Stun.REALM, realm.getBytes(StandardCharsets.UTF_8))
                    .attribute(Stun.NONCE, nonce)
                    .integrity(known);
        }
    }

    boolean isAuthentic(StunMessage response) {
        ShortTermKey known = key;
        return known != null && response.isAuthentic(known);
    }
}
