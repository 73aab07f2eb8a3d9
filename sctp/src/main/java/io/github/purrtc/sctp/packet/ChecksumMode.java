package io.github.purrtc.sctp.packet;

/** Whether packets of one direction carry a CRC32c: RFC 9260 §6.8, <a href="https://www.rfc-editor.org/rfc/rfc9653">RFC 9653</a>. */
public enum ChecksumMode {
    /** Every packet carries its CRC32c. */
    CRC32C,
    /** A checksum of zero stands for none: sent so, and accepted beside the right CRC32c. */
    ZERO_ACCEPTABLE
}
