package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.SackView;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertNotNull;

/** SACKs as they come out of packets. */
final class SackViews {
    private SackViews() {}

    /** @param gapAckBlocks starts and ends by turns, as offsets from the Cumulative TSN Ack */
    static SackView of(long cumulative, int... gapAckBlocks) {
        return of(cumulative, gapAckBlocks, new int[0]);
    }

    static SackView of(long cumulative, int[] gapAckBlocks, int[] duplicateTsns) {
        return of(new SackChunk((int) cumulative, 1000, gapAckBlocks, duplicateTsns));
    }

    static SackView withWindow(long aRwnd, long cumulative, int... gapAckBlocks) {
        return of(new SackChunk((int) cumulative, aRwnd, gapAckBlocks, new int[0]));
    }

    static SackView withDuplicates(long cumulative, int... duplicateTsns) {
        return of(cumulative, new int[0], duplicateTsns);
    }

    private static SackView of(SackChunk chunk) {
        ByteBuffer packet = ByteBuffer.allocate(256);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, 256, 1, 1, 1);
        writer.add(chunk);
        writer.finish(ChecksumMode.CRC32C);
        PacketReader reader = new PacketReader();
        reader.wrap(packet.flip(), ChecksumMode.CRC32C);
        reader.next();
        SackView sack = reader.sack();
        assertNotNull(sack);
        return sack;
    }
}
