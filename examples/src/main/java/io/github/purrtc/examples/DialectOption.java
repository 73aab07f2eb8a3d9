package io.github.purrtc.examples;

import io.github.purrtc.sdp.SdpDialect;
import picocli.CommandLine.Option;

/** Which dialect of SDP is offered. */
final class DialectOption {
    @Option(
            names = "--legacy-sdp",
            description = "Offer in the older dialect of SDP (DTLS/SCTP 5000, a=sctpmap) that rawrtc spoke.")
    private boolean legacySdp;

    SdpDialect dialect() {
        return legacySdp ? SdpDialect.LEGACY : SdpDialect.CURRENT;
    }
}
