package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnSupportedParameter;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.PadChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;
import io.github.purrtc.sctp.packet.ZeroChecksumAcceptableParameter;

import java.util.ArrayList;
import java.util.List;

/**
 * The extensions a peer knows, or both sides do.
 *
 * @param partialReliability RFC 3758
 * @param reconfiguration RFC 6525
 * @param interleaving RFC 8260
 * @param interleavedPartialReliability RFC 8260 §2.3: I-FORWARD-TSN, which goes with I-DATA
 * @param zeroChecksum RFC 9653: whether packets may go to the peer without a CRC32c
 * @param padding RFC 4820: PAD. Any peer has to skip it (RFC 9260 §3.2), but not all do
 */
record Capabilities(
        boolean partialReliability,
        boolean reconfiguration,
        boolean interleaving,
        boolean interleavedPartialReliability,
        boolean zeroChecksum,
        boolean padding) {
    private static final int PARTIAL_RELIABILITY = 1;
    private static final int RECONFIGURATION = 2;
    private static final int INTERLEAVING = 4;
    private static final int INTERLEAVED_PARTIAL_RELIABILITY = 8;
    private static final int ZERO_CHECKSUM = 16;
    private static final int PADDING = 32;

    /** What is announced in INIT and INIT ACK (RFC 5061 §4.2.7, RFC 3758 §3.1, RFC 8260 §2.2.1, RFC 9653 §4). */
    static List<Parameter> announcement(SctpOptions options) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new ForwardTsnSupportedParameter());
        parameters.add(
                options.interleaving()
                        ? SupportedExtensionsParameter.of(
                                ForwardTsnChunk.TYPE,
                                ReConfigChunk.TYPE,
                                PadChunk.TYPE,
                                IDataChunk.TYPE,
                                IForwardTsnChunk.TYPE)
                        : SupportedExtensionsParameter.of(ForwardTsnChunk.TYPE, ReConfigChunk.TYPE, PadChunk.TYPE));
        if (options.zeroChecksum()) {
            parameters.add(new ZeroChecksumAcceptableParameter(ZeroChecksumAcceptableParameter.DTLS));
        }
        return List.copyOf(parameters);
    }

    /** What the peer announced, as far as it is known here; the first of two parameters of a kind counts. */
    static Capabilities of(List<Parameter> parameters) {
        SupportedExtensionsParameter extensions = Parameter.first(SupportedExtensionsParameter.class, parameters);
        boolean forwardTsn = Parameter.first(ForwardTsnSupportedParameter.class, parameters) != null;
        return new Capabilities(
                forwardTsn || (extensions != null && extensions.supports(ForwardTsnChunk.TYPE)),
                extensions != null && extensions.supports(ReConfigChunk.TYPE),
                extensions != null && extensions.supports(IDataChunk.TYPE),
                extensions != null && extensions.supports(IForwardTsnChunk.TYPE),
                acceptsZeroChecksum(parameters),
                extensions != null && extensions.supports(PadChunk.TYPE));
    }

    private static boolean acceptsZeroChecksum(List<Parameter> parameters) {
        ZeroChecksumAcceptableParameter acceptable = Parameter.first(ZeroChecksumAcceptableParameter.class, parameters);
        return acceptable != null && acceptable.errorDetectionMethod() == ZeroChecksumAcceptableParameter.DTLS;
    }

    /** What of the peer's extensions is used: all that both sides are for. */
    Capabilities negotiated(SctpOptions options) {
        boolean both = options.interleaving() && interleaving;
        return new Capabilities(
                both ? interleavedPartialReliability : partialReliability,
                reconfiguration,
                both,
                both && interleavedPartialReliability,
                zeroChecksum && options.zeroChecksum(),
                padding);
    }

    /**
     * Whether the peer's sender goes on and grows by bytes that are acknowledged, and not by SACKs that come: ours does, and nobody else met so
     * far announces PAD. Chromium's sends four packets for a SACK at most, and its window grows by one.
     */
    boolean isContentWithFewSacks() {
        return padding;
    }

    DataFormat dataFormat() {
        return interleaving ? DataFormat.I_DATA : DataFormat.DATA;
    }

    static Capabilities ofBits(int bits) {
        return new Capabilities(
                (bits & PARTIAL_RELIABILITY) != 0,
                (bits & RECONFIGURATION) != 0,
                (bits & INTERLEAVING) != 0,
                (bits & INTERLEAVED_PARTIAL_RELIABILITY) != 0,
                (bits & ZERO_CHECKSUM) != 0,
                (bits & PADDING) != 0);
    }

    int bits() {
        return (partialReliability ? PARTIAL_RELIABILITY : 0)
                | (reconfiguration ? RECONFIGURATION : 0)
                | (interleaving ? INTERLEAVING : 0)
                | (interleavedPartialReliability ? INTERLEAVED_PARTIAL_RELIABILITY : 0)
                | (zeroChecksum ? ZERO_CHECKSUM : 0)
                | (padding ? PADDING : 0);
    }
}
