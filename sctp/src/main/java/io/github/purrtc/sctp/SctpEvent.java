package io.github.purrtc.sctp;

/** What happened to an association, in order. After {@link Closed} or {@link Aborted} there is no further event. */
public sealed interface SctpEvent {
    /** The association is up, with so many streams in each direction. */
    record Connected(int outboundStreams, int inboundStreams) implements SctpEvent {}

    /** The peer restarted the association (RFC 9260 §5.2.4.1): its state is lost, what was unacknowledged is sent again. */
    record Restarted() implements SctpEvent {}

    /** The graceful shutdown is complete. */
    record Closed() implements SctpEvent {}

    /**
     * The association failed.
     *
     * @param causeCode the first error cause's code (RFC 9260 §3.3.10), 0 if there is none
     */
    record Aborted(AbortOrigin origin, int causeCode, String reason) implements SctpEvent {}

    /**
     * The peer reset its outgoing streams (RFC 6525 §5.2.2); none named means all. Handed out once the messages before the reset were
     * taken.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record IncomingStreamsReset(int[] streamIds) implements SctpEvent {}

    /** The peer reset the streams it receives on, as asked by {@link SctpAssociation#resetStreams}. */
    @SuppressWarnings("ArrayRecordComponent")
    record OutgoingStreamsReset(int[] streamIds) implements SctpEvent {}

    /** The peer refused to reset the streams, or cannot; they go on as they were. */
    @SuppressWarnings("ArrayRecordComponent")
    record OutgoingResetFailed(int[] streamIds) implements SctpEvent {}

    /** The peer has more streams to send on, or asked for more of ours (RFC 6525 §5.2.5, §5.2.6): so many there are now. */
    record StreamsAdded(int outboundStreams, int inboundStreams) implements SctpEvent {}

    /** What is buffered on the stream fell to its threshold. */
    record BufferedAmountLow(int streamId) implements SctpEvent {}

    /** All of a message that was given a lifecycle id was sent at least once. */
    record MessageSent(long lifecycleId) implements SctpEvent {}

    /** The peer acknowledged all of a message, for good. */
    record MessageAcknowledged(long lifecycleId) implements SctpEvent {}

    /**
     * A message was given up: its lifetime or its retransmissions were used up, its stream was not granted, or its last part did not
     * come; the peer may have got it all the same. Messages that are lost because the association ends are not named one by one.
     */
    record MessageAbandoned(long lifecycleId) implements SctpEvent {}

    /** The peer grants fewer streams: what was accepted on this one before that was known is dropped. */
    record StreamNotGranted(int streamId) implements SctpEvent {}

    /** The peer reported an error; the association goes on. */
    record PeerError(int causeCode, String description) implements SctpEvent {}
}
