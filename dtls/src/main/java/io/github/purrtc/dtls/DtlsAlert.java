package io.github.purrtc.dtls;

/**
 * A fatal alert that ended a connection (RFC 5246 §7.2).
 *
 * @param description the AlertDescription's number, such as 42 for bad_certificate
 * @param direction which side raised it
 */
public record DtlsAlert(int description, Direction direction) {
    /** W3C's {@code sentAlert} and {@code receivedAlert}. */
    public enum Direction {
        /** By this side. */
        SENT,
        /** By the peer. */
        RECEIVED
    }
}
