package io.github.purrtc.sctp.packet;

/** In which of the two chunks user data travels; one association uses only one of them (RFC 8260 §2.2.1). */
public enum DataFormat {
    /** RFC 9260 §3.3.1: the fragments of a message have TSNs in a row. */
    DATA(DataChunk.TYPE, DataChunk.DATA_HEADER_LENGTH),
    /** RFC 8260 §2.1: the fragments of messages of different streams may alternate. */
    I_DATA(IDataChunk.TYPE, IDataChunk.DATA_HEADER_LENGTH);

    private final int chunkType;
    private final int headerLength;

    DataFormat(int chunkType, int headerLength) {
        this.chunkType = chunkType;
        this.headerLength = headerLength;
    }

    public int chunkType() {
        return chunkType;
    }

    /** The bytes in front of the user data, chunk header included. */
    public int headerLength() {
        return headerLength;
    }

    /** The most user data in a packet with nothing else in it. */
    public int payloadOfPacket(int packetSize) {
        return packetSize - PacketReader.COMMON_HEADER_LENGTH - headerLength;
    }

    /** The packet with so much user data and nothing else in it. */
    public int packetOfPayload(int payload) {
        return payload + PacketReader.COMMON_HEADER_LENGTH + headerLength;
    }
}
