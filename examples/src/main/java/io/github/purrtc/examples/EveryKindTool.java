package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.SctpParameters;
import io.github.purrtc.SctpTransport;
import io.github.purrtc.dtls.DtlsRole;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Channels of every kind, some made by both ends, some by the DTLS client; one of them gets 16 MiB in one message. */
final class EveryKindTool implements ChannelLayer.Tool {
    private static final int NOISE_BYTES = 256 * 1024;
    static final int BEAR_NOISE_BYTES = 16 * 1024 * 1024;

    private static final DataChannelOptions NEGOTIATED =
            DataChannelOptions.builder().negotiated(0).build();

    /** Those of the DTLS client, by their label. */
    private static final Map<String, DataChannelOptions> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("bear-noises", DataChannelOptions.builder().ordered(false).build());
        KINDS.put("lion-noises", DataChannelOptions.DEFAULT);
        KINDS.put("owl-noises", DataChannelOptions.builder().maxRetransmits(3).build());
        KINDS.put(
                "fox-noises",
                DataChannelOptions.builder().ordered(false).maxRetransmits(3).build());
        KINDS.put(
                "frog-noises",
                DataChannelOptions.builder().maxPacketLifeTime(10_000).build());
        KINDS.put(
                "bee-noises",
                DataChannelOptions.builder()
                        .ordered(false)
                        .maxPacketLifeTime(10_000)
                        .build());
    }

    private final ChannelStory story;
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private int awaited;
    private boolean right = true;

    EveryKindTool(Narrator narrator) {
        story = new ChannelStory(narrator);
    }

    /** Complete when all that the other end sends has come, and the channel with the long message is closed; fails if it came wrong. */
    CompletionStage<Void> done() {
        return heard.thenCombine(closed, (left, alsoLeft) -> null);
    }

    @Override
    public void prepare(SctpTransport transport) {
        noise(transport.createDataChannel("cat-noises", NEGOTIATED), NOISE_BYTES);
    }

    @Override
    public void onStart(SctpTransport transport, DtlsRole role, SctpParameters remote) {
        awaited = role == DtlsRole.CLIENT ? 1 : 1 + KINDS.size();
        if (role == DtlsRole.CLIENT) {
            KINDS.forEach((label, options) -> {
                DataChannel channel = transport.createDataChannel(label, options);
                noise(channel, label.equals("bear-noises") ? BEAR_NOISE_BYTES : NOISE_BYTES);
            });
        }
    }

    private void noise(DataChannel channel, int size) {
        follow(channel).onOpen(() -> {
            story.narrator().channelOpen(channel);
            story.send(channel, size);
            if (size == BEAR_NOISE_BYTES) {
                story.close(channel);
            }
        });
    }

    @Override
    public void onDataChannel(DataChannel channel) {
        follow(channel);
    }

    private DataChannel follow(DataChannel channel) {
        story.follow(channel).onMessage(message -> onMessage(channel, message));
        return channel.label().equals("bear-noises")
                ? channel.onClose(() -> {
                    story.narrator().channelClosed(channel);
                    closed.complete(null);
                })
                : channel;
    }

    private void onMessage(DataChannel channel, DataChannelMessage message) {
        story.incoming(channel, message);
        right &= TestData.matches(0, message.data());
        awaited--;
        if (awaited == 0 && right) {
            heard.complete(null);
        } else if (awaited == 0) {
            heard.completeExceptionally(new IllegalStateException("what came is not what was sent"));
        }
    }
}
