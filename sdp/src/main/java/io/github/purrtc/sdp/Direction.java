package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

/** The direction of media (RFC 8866 §6.7). A data channel flows both ways whatever it says. */
public enum Direction {
    /** Both sides send. */
    SENDRECV("sendrecv"),
    /** Only this side sends. */
    SENDONLY("sendonly"),
    /** Only the other side sends. */
    RECVONLY("recvonly"),
    /** Nobody sends. */
    INACTIVE("inactive");

    private final String attribute;

    Direction(String attribute) {
        this.attribute = attribute;
    }

    static @Nullable Direction parse(String attribute) {
        return switch (attribute) {
            case "sendrecv" -> SENDRECV;
            case "sendonly" -> SENDONLY;
            case "recvonly" -> RECVONLY;
            case "inactive" -> INACTIVE;
            default -> null;
        };
    }

    /** The attribute's name. */
    @Override
    public String toString() {
        return attribute;
    }
}
