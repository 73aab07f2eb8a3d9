package io.github.purrtc.benchmarks.stack;

import io.github.purrtc.Configuration;
import io.github.purrtc.WebRtc;
import io.github.purrtc.WebRtcOptions;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.NetworkOptions;

import java.util.Set;

/** This library. */
public final class PurrtcStack implements Stack {
    private final WebRtc webRtc;
    private final Configuration configuration;

    private PurrtcStack(WebRtc webRtc, Configuration configuration) {
        this.webRtc = webRtc;
        this.configuration = configuration;
    }

    /** With room for messages of that size. */
    public static PurrtcStack open(NetworkOptions network, int messageSize) {
        Configuration defaults = Configuration.DEFAULT;
        Configuration configuration = Configuration.builder()
                .candidateTypes(Set.of(CandidateType.HOST))
                .maxMessageSize(Math.max(defaults.maxMessageSize(), messageSize))
                .receiveWindow(Math.max(defaults.receiveWindow(), 2 * messageSize))
                .build();
        return new PurrtcStack(WebRtc.open(new WebRtcOptions(network)), configuration);
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
