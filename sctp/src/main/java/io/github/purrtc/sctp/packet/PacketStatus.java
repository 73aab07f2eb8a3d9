package io.github.purrtc.sctp.packet;

/** What {@link PacketReader#wrap} says of a packet. All but {@link #VALID} mean: discard it silently, and count it. */
public enum PacketStatus {
    VALID,
    /** Shorter than the common header, or without a chunk, or longer than 65,535 bytes. */
    BAD_LENGTH,
    /** Source or destination port 0 (RFC 9260 §3.1). */
    BAD_PORT,
    /** RFC 9260 §6.8. */
    BAD_CHECKSUM,
    /** A chunk shorter than its header or reaching beyond the packet, or trailing bytes (RFC 9260 §3.2). */
    BAD_CHUNK_LENGTH,
    /** INIT, INIT ACK or SHUTDOWN COMPLETE in company of another chunk (RFC 9260 §6.10). */
    BAD_BUNDLE
}
