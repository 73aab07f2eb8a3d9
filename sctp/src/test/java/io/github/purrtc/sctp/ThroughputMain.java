package io.github.purrtc.sctp;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Two associations in one thread, through memory: {@code ThroughputMain <message size> <seconds>}. Prints, asserts nothing. */
final class ThroughputMain {
    private static final int BURST = 64;

    public static void main(String[] args) {
        int size = args.length > 0 ? Integer.parseInt(args[0]) : 65_536;
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 5;
        SctpAssociation a = new SctpAssociation(SctpOptions.defaults(), new SplittableRandom(1));
        SctpAssociation z = new SctpAssociation(SctpOptions.defaults(), new SplittableRandom(2));
        long start = System.nanoTime();
        a.connect(1);
        ByteBuffer burst = ByteBuffer.allocateDirect(BURST * 1160);
        byte[] content = new byte[size];
        long received = 0;
        long messages = 0;
        long now = 1;
        long lastPrint = start;
        long lastBytes = 0;
        long lastMessages = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
            now = System.nanoTime();
            for (int i = 0; i < 16_384; i++) {
                if (a.send(1, 53, ByteBuffer.wrap(content), SctpSendOptions.RELIABLE_ORDERED, now)
                        != SendStatus.QUEUED) {
                    break;
                }
            }
            while (carry(a, z, burst, now) | carry(z, a, burst, now)) {
                now = System.nanoTime();
                for (SctpMessage m = z.nextMessage(); m != null; m = z.nextMessage()) {
                    received += m.payload().remaining();
                    messages++;
                }
                while (z.poll() != null) {}
                while (a.poll() != null) {}
            }
            if (now >= a.nextTimeout()) {
                a.onTimeout(now);
            }
            if (now >= z.nextTimeout()) {
                z.onTimeout(now);
            }
            if (now - lastPrint > 1_000_000_000L) {
                double s = (now - lastPrint) / 1e9;
                System.out.printf(
                        "%.0f MB/s %.2f M messages/s cwnd %d retransmissions %d timeouts %d%n",
                        (received - lastBytes) / s / 1e6,
                        (messages - lastMessages) / s / 1e6,
                        a.metrics().cwnd(),
                        a.metrics().retransmissions(),
                        a.metrics().timeouts());
                lastPrint = now;
                lastBytes = received;
                lastMessages = messages;
            }
        }
    }

    /** One burst of packets, laid one behind the other. */
    private static boolean carry(SctpAssociation from, SctpAssociation to, ByteBuffer burst, long now) {
        burst.clear();
        int[] ends = new int[BURST];
        int count = 0;
        while (count < BURST && from.transmit(burst, now)) {
            ends[count++] = burst.position();
        }
        int begin = 0;
        for (int i = 0; i < count; i++) {
            burst.limit(ends[i]).position(begin);
            to.receive(burst, now);
            begin = ends[i];
        }
        to.endOfBurst(now);
        return count > 0;
    }
}
