package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessagePart;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.SctpParameters;
import io.github.purrtc.SctpTransport;
import io.github.purrtc.dtls.DtlsRole;

/** The noises of {@link NoisesTool}, each message sent and received in parts: none of them is ever whole in memory. */
final class StreamedTool implements ChannelLayer.Tool {
    private static final long REPORT_BYTES = 16L * 1024 * 1024;

    private final Narrator narrator;
    private final ChannelStory story;
    private final long bearNoiseBytes;

    StreamedTool(Narrator narrator, long bearNoiseBytes) {
        this.narrator = narrator;
        story = new ChannelStory(narrator);
        this.bearNoiseBytes = bearNoiseBytes;
    }

    @Override
    public void prepare(SctpTransport transport) {
        DataChannel cat = follow(transport.createDataChannel(
                "cat-noises", DataChannelOptions.builder().negotiated(0).build()));
        cat.onOpen(() -> {
            narrator.channelOpen(cat);
            send(cat, NoisesTool.CAT_NOISE_BYTES);
        });
    }

    @Override
    public void onStart(SctpTransport transport, DtlsRole role, SctpParameters remote) {
        if (role == DtlsRole.CLIENT) {
            long most = remote.maxMessageSize() == 0 ? bearNoiseBytes : remote.maxMessageSize();
            DataChannel bear = follow(transport.createDataChannel(
                    "bear-noises", DataChannelOptions.builder().ordered(false).build()));
            bear.onOpen(() -> {
                narrator.channelOpen(bear);
                send(bear, Math.min(bearNoiseBytes, most));
                story.close(bear);
            });
        }
    }

    @Override
    public void onDataChannel(DataChannel channel) {
        follow(channel);
    }

    private DataChannel follow(DataChannel channel) {
        Incoming incoming = new Incoming(channel);
        return story.follow(channel).onMessagePart(incoming::take);
    }

    private void send(DataChannel channel, long size) {
        narrator.tell("Sending " + size + " bytes in parts");
        channel.sendBinary(TestDataSource.of(size)).whenComplete((nothing, failure) -> {
            if (failure == null) {
                narrator.tell(size + " bytes on " + channel.label() + " are acknowledged");
            } else {
                narrator.tell("Could not send, reason: " + Failures.describe(failure));
            }
        });
    }

    /** The messages of one channel, one after the other. */
    private final class Incoming {
        private final DataChannel channel;
        private long bytes;
        private long parts;
        private long reported;
        private boolean asSent;

        Incoming(DataChannel channel) {
            this.channel = channel;
        }

        void take(DataChannelMessagePart part) {
            if (part.isFirst()) {
                bytes = 0;
                parts = 0;
                reported = 0;
                asSent = true;
            }
            asSent &= TestData.matches(bytes, part.data());
            bytes += part.size();
            parts++;
            if (part.isAbandoned()) {
                narrator.tell(
                        "A message for data channel " + channel.label() + " was given up after " + bytes + " bytes");
            } else if (part.isLast()) {
                narrator.tell("Incoming message for data channel " + channel.label() + ": " + bytes + " bytes in "
                        + parts + " parts");
                narrator.tell(channel.label() + ": " + TestData.verdict(asSent));
            } else if (bytes - reported >= REPORT_BYTES) {
                reported = bytes;
                narrator.tell("Incoming parts for data channel " + channel.label() + ": " + bytes + " bytes so far");
            }
        }
    }
}
