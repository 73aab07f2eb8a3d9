package io.github.purrtc.examples;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.IceRole;

import java.util.List;

/** What the peer has to know of a DTLS transport: ORTC's {@code RTCDtlsParameters}. */
record DtlsParameters(Role role, List<Fingerprint> fingerprints) {
    /** ORTC's {@code RTCDtlsRole}. */
    enum Role {
        /** Whoever is controlled by ICE begins. */
        AUTO,
        CLIENT,
        SERVER
    }

    /** The role of whoever gets these parameters. */
    DtlsRole oppositeRole(IceRole iceRole) {
        return switch (role) {
            case AUTO -> iceRole == IceRole.CONTROLLED ? DtlsRole.CLIENT : DtlsRole.SERVER;
            case CLIENT -> DtlsRole.SERVER;
            case SERVER -> DtlsRole.CLIENT;
        };
    }
}
