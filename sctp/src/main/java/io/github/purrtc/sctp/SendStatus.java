package io.github.purrtc.sctp;

/** What became of a message that was to be sent. */
public enum SendStatus {
    /** It was accepted, and its buffer belongs to the association until it is acknowledged or abandoned. */
    QUEUED,
    /** There is no room before what is buffered gets less; see {@link SctpEvent.BufferedAmountLow}. */
    BUFFER_FULL,
    /** It is larger than {@link SctpOptions#maxOutboundMessageSize()}. */
    MESSAGE_TOO_LARGE,
    /** The message that the part belongs to was given up; what is sent next on the stream is another one. */
    ABANDONED,
    /** The association is closed or on its way to it, or the stream is beyond those that were negotiated. */
    CLOSED
}
