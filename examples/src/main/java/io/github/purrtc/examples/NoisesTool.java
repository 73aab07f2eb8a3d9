package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.SctpParameters;
import io.github.purrtc.SctpTransport;
import io.github.purrtc.dtls.DtlsRole;

/**
 * Some noise of cats and bears: both ends have the channel {@code cat-noises} and say a little on it; the DTLS client makes
 * {@code bear-noises}, says as much there as the other end takes, and closes it.
 */
final class NoisesTool implements ChannelLayer.Tool {
    static final int CAT_NOISE_BYTES = 8 * 1024;

    private static final DataChannelOptions NEGOTIATED =
            DataChannelOptions.builder().negotiated(0).build();
    private static final DataChannelOptions UNORDERED =
            DataChannelOptions.builder().ordered(false).build();

    private final ChannelStory story;
    private final int largestMessage;

    /** @param largestMessage what is said on {@code bear-noises} at most, in bytes */
    NoisesTool(Narrator narrator, int largestMessage) {
        story = new ChannelStory(narrator);
        this.largestMessage = largestMessage;
    }

    @Override
    public void prepare(SctpTransport transport) {
        DataChannel cat = story.follow(transport.createDataChannel("cat-noises", NEGOTIATED));
        cat.onOpen(() -> {
            story.narrator().channelOpen(cat);
            story.send(cat, CAT_NOISE_BYTES);
        });
    }

    @Override
    public void onStart(SctpTransport transport, DtlsRole role, SctpParameters remote) {
        if (role == DtlsRole.CLIENT) {
            long most = remote.maxMessageSize() == 0 ? largestMessage : remote.maxMessageSize();
            int size = (int) Math.min(largestMessage, most);
            DataChannel bear = story.follow(transport.createDataChannel("bear-noises", UNORDERED));
            bear.onOpen(() -> {
                story.narrator().channelOpen(bear);
                story.send(bear, size);
                story.close(bear);
            });
        }
    }

    @Override
    public void onDataChannel(DataChannel channel) {
        story.follow(channel);
    }
}
