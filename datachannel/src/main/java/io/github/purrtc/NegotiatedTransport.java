package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;

/**
 * What both descriptions say together.
 *
 * @param maxMessageSize the largest message that the peer takes, in bytes; {@link Long#MAX_VALUE} for any
 */
record NegotiatedTransport(
        IceRole iceRole,
        IceParameters remoteIce,
        DtlsRole dtlsRole,
        List<Fingerprint> remoteFingerprints,
        @Nullable String remoteTlsId,
        int localSctpPort,
        int remoteSctpPort,
        long maxMessageSize) {

    /** Whether there is another endpoint, or a new association of the same one: RFC 8842 §5.1. */
    boolean isOtherAssociation(NegotiatedTransport before) {
        boolean otherId = remoteTlsId != null && before.remoteTlsId != null && !remoteTlsId.equals(before.remoteTlsId);
        return otherId || Collections.disjoint(remoteFingerprints, before.remoteFingerprints);
    }
}
