package io.github.purrtc.benchmarks.stack;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;

/** Google's libwebrtc through webrtc-java. Its native half must be on the class path. */
public final class LibwebrtcStack implements Stack {
    private final PeerConnectionFactory factory = new PeerConnectionFactory(new HeadlessAudioDeviceModule());

    @Override
    public String name() {
        return "libwebrtc";
    }

    @Override
    public String version() {
        String jar = String.valueOf(PeerConnectionFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation());
        return jar.replaceFirst(".*/(webrtc-java-[^/]*?)\\.jar", "$1") + ", Java " + Runtime.version();
    }

    @Override
    public Peer newPeer(Peer.Listener listener) {
        return new LibwebrtcPeer(factory, listener);
    }
}
