package io.github.purrtc.ice.internal.stun;

/** Why a datagram is no STUN message that could be looked at. */
public enum MalformedStun implements StunDecoded {
    /** Shorter than a header, longer than a check can be, or of another length than its header says. */
    LENGTH,
    /** The first two bits are not zero, or there is no magic cookie. */
    NOT_STUN,
    /** An attribute reaches past the end of the message. */
    ATTRIBUTE_LENGTH,
    /** An attribute's value is not of its form. */
    ATTRIBUTE_VALUE,
    /** FINGERPRINT does not match, or is not last. */
    FINGERPRINT
}
