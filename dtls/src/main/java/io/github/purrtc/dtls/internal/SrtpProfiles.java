package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * The extension use_srtp (RFC 5764 §4.1). There is no media here, but browsers agree on a profile whether there is any or not, and
 * some peers take none for a failure.
 */
final class SrtpProfiles {
    private static final int[] PROFILES = {
        SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80
    };

    private SrtpProfiles() {}

    static UseSRTPData offer() {
        return new UseSRTPData(PROFILES.clone(), TlsUtils.EMPTY_BYTES);
    }

    /** The first of the offered ones that is known here, null if none is. */
    static @Nullable UseSRTPData answer(@Nullable UseSRTPData offered) {
        if (offered == null) {
            return null;
        }
        for (int profile : offered.getProtectionProfiles()) {
            if (profile == PROFILES[0] || profile == PROFILES[1]) {
                // No key identifier: who offers one does without when it does not come back.
                return new UseSRTPData(new int[] {profile}, TlsUtils.EMPTY_BYTES);
            }
        }
        return null;
    }
}
