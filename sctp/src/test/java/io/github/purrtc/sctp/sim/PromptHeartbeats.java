package io.github.purrtc.sctp.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers to HEARTBEATs as of dcSCTP, which Chromium has: each in a packet of its own, sent when it is read, before the DATA that follows it. */
final class PromptHeartbeats {
    private static final int HEARTBEAT = 4;
    private static final int HEARTBEAT_ACK = 5;
    /** How long the chunk is of one that asks for a receipt. */
    private static final int RECEIPT = 20;

    private static final byte PAD = (byte) 0x84;
    private static final int TAG = 4;
    private static final int HEADER = 12;
    /** Of a receipt's TSN in its chunk. */
    private static final int INFO_TSN = 12;

    private int tag;
    private int answered;
    private int forgedTsns;

    /** The answers to the HEARTBEATs in a packet, in which they become padding. */
    List<byte[]> answer(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        List<byte[]> answers = new ArrayList<>();
        for (int at = HEADER; at + 4 <= packet.length; ) {
            int length = in.getShort(at + 2) & 0xFFFF;
            if (in.get(at) == HEARTBEAT) {
                answers.add(answer(in, at, length));
                in.put(at, PAD);
            }
            at += (length + 3) & ~3;
        }
        if (!answers.isEmpty()) {
            ShortSacks.sealed(in);
        }
        return answers;
    }

    /** What the receiver sends goes out under the tag that its answers need. */
    void onSent(byte[] packet) {
        tag = ByteBuffer.wrap(packet).getInt(TAG);
    }

    private byte[] answer(ByteBuffer in, int at, int length) {
        byte[] answer = new byte[HEADER + length];
        ByteBuffer out = ByteBuffer.wrap(answer);
        out.putShort(in.getShort(2)).putShort(in.getShort(0)).putInt(tag).putInt(0);
        out.put(Arrays.copyOfRange(in.array(), at, at + length));
        out.put(HEADER, (byte) HEARTBEAT_ACK);
        if (length == RECEIPT) {
            out.putInt(HEADER + INFO_TSN, out.getInt(HEADER + INFO_TSN) + (answered++ % 2 == 0 ? 0 : forgedTsns));
        }
        return ShortSacks.sealed(out);
    }

    /** Every second answer names what was sent so many TSNs later. */
    void forge(int tsns) {
        forgedTsns = tsns;
    }

    /** How many receipts were given. */
    int answered() {
        return answered;
    }
}
