package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** The two ways in which an m-line names a data channel association. */
public enum SdpDialect {
    /** {@code m=application 9 UDP/DTLS/SCTP webrtc-datachannel} and {@code a=sctp-port} (RFC 8841). */
    CURRENT("UDP/DTLS/SCTP"),
    /** {@code m=application 9 DTLS/SCTP 5000} and {@code a=sctpmap} (draft-ietf-mmusic-sctp-sdp-05). */
    LEGACY("DTLS/SCTP");

    static final String USAGE = "webrtc-datachannel";

    private static final Set<String> PROTOCOLS = Set.of("UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP");

    /** What an offer in this dialect writes. */
    final String protocol;

    SdpDialect(String protocol) {
        this.protocol = protocol;
    }

    /**
     * The dialect of an m-line, null where it describes something else. Drafts between the two mixed protocol and
     * format; the format decides.
     */
    static @Nullable SdpDialect of(String media, String protocol, List<String> formats) {
        if (!media.equals("application") || !PROTOCOLS.contains(protocol) || formats.size() != 1) {
            return null;
        }
        String format = formats.get(0);
        if (format.equals(USAGE)) {
            return CURRENT;
        }
        return Text.isDigits(format) ? LEGACY : null;
    }
}
