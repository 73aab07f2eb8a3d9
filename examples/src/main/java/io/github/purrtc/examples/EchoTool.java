package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.SctpTransport;

/** Sends back what comes on the peer's channels. */
final class EchoTool implements ChannelLayer.Tool {
    private final EchoChannels channels;

    EchoTool(Narrator narrator) {
        channels = new EchoChannels(narrator);
    }

    @Override
    public void prepare(SctpTransport transport) {
        // The other end makes the channels.
    }

    @Override
    public void onDataChannel(DataChannel channel) {
        channels.add(channel);
    }
}
