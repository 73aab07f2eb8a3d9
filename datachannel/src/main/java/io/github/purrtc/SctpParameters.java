package io.github.purrtc;

/**
 * What the peer has to know of an SCTP transport: ORTC's {@code RTCSctpCapabilities}, and the port.
 *
 * @param port 1 to 65,535
 * @param maxMessageSize the largest message that is taken, in bytes; 0 for any
 */
public record SctpParameters(int port, long maxMessageSize) {
    /** @throws RtcException TypeError, if a number is out of its range */
    public SctpParameters {
        if (port < 1 || port > 65_535) {
            throw new RtcException(ErrorName.TYPE_ERROR, "an SCTP port is 1 to 65,535, not " + port);
        }
        if (maxMessageSize < 0) {
            throw new RtcException(ErrorName.TYPE_ERROR, "maxMessageSize is negative: " + maxMessageSize);
        }
    }
}
