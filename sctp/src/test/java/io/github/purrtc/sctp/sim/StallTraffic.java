package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What one side sends: for a while messages now and then, for another small ones at a steady pace, then nothing, and now and then as much as the
 * path takes; on four streams, ordered or not, reliable or not.
 */
final class StallTraffic {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int PPID = 53;
    private static final int STREAMS = 4;
    private static final int SMALL = 1_200;
    private static final long LEAST_BULK = 100_000;
    private static final long MOST_BULK = 4_000_000;
    /** Of a bulk transfer, what waits to be sent. */
    private static final long BULK_BUFFER = 1 << 20;

    private enum Kind {
        NOW_AND_THEN,
        STEADY,
        NOTHING,
        BULK
    }

    private final SplittableRandom random;
    private final SctpAssociation association;
    private final int mostMessage;
    private final byte[] content;

    private Kind kind = Kind.NOW_AND_THEN;
    private SctpSendOptions options = SctpSendOptions.RELIABLE_ORDERED;
    private long kindEndsNanos;
    private long intervalNanos;
    private long bulkBytes;
    private long nextNanos;

    StallTraffic(SplittableRandom random, SctpAssociation association, int mostMessage) {
        this.random = random;
        this.association = association;
        this.mostMessage = mostMessage;
        content = new byte[Math.max(SMALL, mostMessage)];
    }

    long nextNanos() {
        return nextNanos;
    }

    void act(long now) {
        if (association.state() != SctpState.ESTABLISHED) {
            nextNanos = now + 10 * MILLISECOND;
            return;
        }
        if (now >= kindEndsNanos) {
            begin(now);
        }
        switch (kind) {
            case NOW_AND_THEN -> {
                long bytes = logarithmic(1, 4L * mostMessage);
                while (bytes > 0) {
                    bytes -= send((int) logarithmic(1, mostMessage), now);
                }
                nextNanos = now + logarithmic(20 * MILLISECOND, 20 * SECOND);
            }
            case STEADY -> {
                send((int) logarithmic(1, SMALL), now);
                nextNanos = now + intervalNanos;
            }
            case NOTHING -> nextNanos = kindEndsNanos;
            case BULK -> {
                while (bulkBytes > 0 && association.sendBufferUsed() < BULK_BUFFER) {
                    bulkBytes -= send(mostMessage, now);
                }
                nextNanos = bulkBytes > 0 ? now + intervalNanos : kindEndsNanos;
            }
        }
    }

    private void begin(long now) {
        int choice = random.nextInt(16);
        kind = choice < 8 ? Kind.NOW_AND_THEN : choice < 11 ? Kind.STEADY : choice < 15 ? Kind.NOTHING : Kind.BULK;
        options = options();
        intervalNanos = logarithmic(10 * MILLISECOND, 2 * SECOND);
        bulkBytes = logarithmic(LEAST_BULK, MOST_BULK);
        kindEndsNanos = now + logarithmic(2 * SECOND, 120 * SECOND);
    }

    private SctpSendOptions options() {
        boolean unordered = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> new SctpSendOptions(unordered, random.nextInt(4), -1);
            case 1 -> new SctpSendOptions(unordered, -1, logarithmic(10 * MILLISECOND, 5 * SECOND));
            default -> new SctpSendOptions(unordered, -1, -1);
        };
    }

    private int send(int size, long now) {
        if (association.sendBufferUsed() < 2 * BULK_BUFFER) {
            association.send(random.nextInt(STREAMS), PPID, ByteBuffer.wrap(content, 0, size), options, now);
        }
        return size;
    }

    private long logarithmic(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }
}
