package io.github.purrtc.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Sends one message from one association to another, in a process of its own whose heap it would not fit in. */
final class HugeMessage {
    private static final int PART = 64 * 1024;
    private static final int WINDOW = 1 << 20;

    /** What the content repeats: no power of two, so that no two parts are alike. */
    private static final byte[] PATTERN = new byte[65_521];

    private final SctpAssociation a;
    private final SctpAssociation z;
    private final ByteBuffer packet = ByteBuffer.allocate(1160);
    private final long size;
    private long now = 1;
    private long sent;
    private long received;

    private HugeMessage(long size, boolean interleaving) {
        this.size = size;
        SctpOptions options = SctpOptions.builder()
                .interleaving(interleaving)
                .receiveWindow(WINDOW)
                .sendBufferLimit(WINDOW)
                .maxInboundMessageSize(PART)
                .build();
        a = new SctpAssociation(options, new SplittableRandom(1));
        z = new SctpAssociation(options, new SplittableRandom(2));
    }

    /** @param args the size in bytes, and whether I-DATA is used */
    public static void main(String[] args) {
        new SplittableRandom(3).nextBytes(PATTERN);
        long size = Long.parseLong(args[0]);
        new HugeMessage(size, Boolean.parseBoolean(args[1])).run();
        System.out.println("received " + size + " bytes in a heap of "
                + Runtime.getRuntime().maxMemory() + " bytes");
    }

    private void run() {
        z.setReceiveInParts(1, true);
        a.connect(now);
        while (received < size) {
            long before = received;
            send();
            carry(a, z);
            take();
            carry(z, a);
            now += 1_000_000;
            if (received == before) {
                now = Math.min(a.nextTimeout(), z.nextTimeout());
                a.onTimeout(now);
                z.onTimeout(now);
            }
        }
    }

    private void send() {
        while (sent < size) {
            int length = (int) Math.min(PART, size - sent);
            byte[] part = new byte[length];
            for (int filled = 0; filled < length; ) {
                int from = (int) ((sent + filled) % PATTERN.length);
                int count = Math.min(length - filled, PATTERN.length - from);
                System.arraycopy(PATTERN, from, part, filled, count);
                filled += count;
            }
            boolean last = sent + length == size;
            SendStatus status = a.sendPart(1, 53, ByteBuffer.wrap(part), last, SctpSendOptions.RELIABLE_ORDERED, now);
            if (status == SendStatus.BUFFER_FULL) {
                return;
            }
            require(status == SendStatus.QUEUED, "the part is " + status);
            sent += length;
        }
    }

    private void carry(SctpAssociation from, SctpAssociation to) {
        packet.clear();
        while (from.transmit(packet, now)) {
            to.receive(packet.flip(), now);
            packet.clear();
        }
        to.endOfBurst(now);
    }

    private void take() {
        for (SctpMessage part = z.nextMessage(); part != null; part = z.nextMessage()) {
            SctpMessage.Part place = part.part();
            require(place != null, "the message is whole");
            ByteBuffer payload = part.payload();
            require((place.mark() == SctpMessage.Mark.FIRST) == (received == 0), "the first part");
            compare(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
            require((place.mark() == SctpMessage.Mark.LAST) == (received == size), "the last part");
        }
    }

    private void compare(byte[] content, int offset, int length) {
        for (int compared = 0; compared < length; ) {
            int from = (int) (received % PATTERN.length);
            int count = Math.min(length - compared, PATTERN.length - from);
            int at = offset + compared;
            boolean equal = Arrays.equals(content, at, at + count, PATTERN, from, from + count);
            require(equal, "the bytes from " + received + " on");
            compared += count;
            received += count;
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("wrong: " + what);
        }
    }
}
