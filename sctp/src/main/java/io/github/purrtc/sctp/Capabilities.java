package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnSupportedParameter;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;

import java.util.List;

/**
 * The extensions both sides know.
 *
 * @param partialReliability RFC 3758
 * @param reconfiguration RFC 6525
 */
record Capabilities(boolean partialReliability, boolean reconfiguration) {
    private static final int PARTIAL_RELIABILITY = 1;
    private static final int RECONFIGURATION = 2;

    /** What is announced in INIT and INIT ACK (RFC 5061 §4.2.7, RFC 3758 §3.1). */
    static List<Parameter> announcement() {
        return List.of(
                new ForwardTsnSupportedParameter(),
                SupportedExtensionsParameter.of(ForwardTsnChunk.TYPE, ReConfigChunk.TYPE));
    }

    /** What the peer announced, as far as it is known here; the first of two parameters of a kind counts. */
    static Capabilities of(List<Parameter> parameters) {
        SupportedExtensionsParameter extensions = Parameter.first(SupportedExtensionsParameter.class, parameters);
        boolean forwardTsn = Parameter.first(ForwardTsnSupportedParameter.class, parameters) != null;
        return new Capabilities(
                forwardTsn || (extensions != null && extensions.supports(ForwardTsnChunk.TYPE)),
                extensions != null && extensions.supports(ReConfigChunk.TYPE));
    }

    static Capabilities ofBits(int bits) {
        return new Capabilities((bits & PARTIAL_RELIABILITY) != 0, (bits & RECONFIGURATION) != 0);
    }

    int bits() {
        return (partialReliability ? PARTIAL_RELIABILITY : 0) | (reconfiguration ? RECONFIGURATION : 0);
    }
}
