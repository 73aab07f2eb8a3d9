package io.github.purrtc.benchmarks.stack;

import io.github.purrtc.Configuration;
import io.github.purrtc.WebRtc;
import io.github.purrtc.WebRtcOptions;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.sctp.CongestionAlgorithm;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/** This library. */
public final class PurrtcStack implements Stack {
    private final WebRtc webRtc;
    private final Configuration configuration;

    private PurrtcStack(WebRtc webRtc, Configuration configuration) {
        this.webRtc = webRtc;
        this.configuration = configuration;
    }

    /**
     * With room for messages of a size.
     *
     * @param congestion how the congestion window grows and shrinks; null for the library's default
     */
    public static PurrtcStack open(NetworkOptions network, int messageSize, @Nullable CongestionAlgorithm congestion) {
        Configuration defaults = Configuration.DEFAULT;
        Configuration.Builder builder = Configuration.builder()
                .candidateTypes(Set.of(CandidateType.HOST))
                .maxMessageSize(Math.max(defaults.maxMessageSize(), messageSize))
                .receiveWindow(
                        Math.max(defaults.receiveWindow(), 2 * messageSize),
                        Math.max(defaults.maxReceiveWindow(), 2 * messageSize));
        if (congestion != null) {
            builder.congestionControl(congestion);
        }
        return new PurrtcStack(WebRtc.open(new WebRtcOptions(network)), builder.build());
    }

    @Override
    public String name() {
        return "purrtc";
    }

    @Override
    public String version() {
        return "purrtc, " + webRtc.transportName() + ", Java " + Runtime.version();
    }

    @Override
    public Peer newPeer(Peer.Listener listener) {
        return new PurrtcPeer(webRtc.peerConnection(configuration), listener);
    }
}
