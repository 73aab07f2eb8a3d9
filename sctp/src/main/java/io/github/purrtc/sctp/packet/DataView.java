package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** The DATA or I-DATA chunk at which a {@link PacketReader} stands, read in place: the same object for every chunk. */
public final class DataView {
    private int flags;
    private int tsn;
    private int streamId;
    private int ssn;
    private int mid;
    private int ppid;
    private int payloadOffset;
    private int payloadLength;

    DataView() {}

    void readData(ByteBuffer buffer, int flags, int offset, int length) {
        this.flags = flags & DataFlags.MASK;
        tsn = buffer.getInt(offset);
        int streamIdAndSsn = buffer.getInt(offset + 4);
        streamId = streamIdAndSsn >>> 16;
        ssn = streamIdAndSsn & 0xFFFF;
        mid = 0;
        ppid = buffer.getInt(offset + 8);
        payloadOffset = offset + DataChunk.FIXED_VALUE_LENGTH;
        payloadLength = length - DataChunk.FIXED_VALUE_LENGTH;
    }

    void readIData(ByteBuffer buffer, int flags, int offset, int length) {
        this.flags = flags & DataFlags.MASK;
        tsn = buffer.getInt(offset);
        streamId = buffer.getShort(offset + 4) & 0xFFFF;
        ssn = 0;
        mid = buffer.getInt(offset + 8);
        ppid = buffer.getInt(offset + 12);
        payloadOffset = offset + IDataChunk.FIXED_VALUE_LENGTH;
        payloadLength = length - IDataChunk.FIXED_VALUE_LENGTH;
    }

    /** See {@link DataFlags}. */
    public int flags() {
        return flags;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int tsn() {
        return tsn;
    }

    public int streamId() {
        return streamId;
    }

    /** The Stream Sequence Number of DATA. */
    public int ssn() {
        return ssn;
    }

    /** The Message Identifier of I-DATA. */
    public int mid() {
        return mid;
    }

    /** The Payload Protocol Identifier; of I-DATA only in the first fragment of a message. */
    public int ppid() {
        return ppid;
    }

    /** The Fragment Sequence Number of I-DATA: 0 in the first fragment, whose field holds the PPID. */
    public int fsn() {
        return has(DataFlags.BEGINNING) ? 0 : ppid;
    }

    /** Where the user data begins in {@link PacketReader#buffer()}. */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** How many bytes of user data there are; none is a protocol error (RFC 9260 §6.2). */
    public int payloadLength() {
        return payloadLength;
    }
}
