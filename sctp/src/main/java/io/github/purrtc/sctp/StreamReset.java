package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.AddIncomingStreamsRequest;
import io.github.purrtc.sctp.packet.AddOutgoingStreamsRequest;
import io.github.purrtc.sctp.packet.IncomingSsnResetRequest;
import io.github.purrtc.sctp.packet.OutgoingSsnResetRequest;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.ReConfigurationResponse;
import io.github.purrtc.sctp.packet.Serial;
import io.github.purrtc.sctp.packet.SsnTsnResetRequest;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Resets and adds streams: RFC 6525. Own outgoing streams are reset when asked for and drained; the peer's when it asks and the TSNs before
 * are in. One request is under way in each direction.
 */
final class StreamReset {
    private static final int NO_RESULT = -1;
    /** So many streams fit into one request beside its fixed part. */
    private static final int MAX_STREAMS_IN_REQUEST = 512;

    private final Deadline retransmission = new Deadline();
    /** The streams that are to be reset and are not in a request yet. */
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>(0);

    private int nextRequestNumber;
    private @Nullable Parameter inFlight;
    /** How many outgoing streams more the peer asked for, in the request with this number. */
    private int streamsToAdd;

    private int addRequestNumber;
    /** Whether the peer answered that it is at it: what follows is no failure of the path. */
    private boolean inProgress;

    private int expectedRequestNumber;
    private int lastResult = NO_RESULT;
    private @Nullable OutgoingSsnResetRequest deferred;
    private long deferredLastTsn;

    /** RFC 6525 §4.1, §5.1: the request numbers begin with the initial TSNs. */
    StreamReset(int ownInitialTsn, int peerInitialTsn) {
        nextRequestNumber = ownInitialTsn;
        expectedRequestNumber = peerInitialTsn;
    }

    /** Asks for a reset of the stream; what is sent on it from now on belongs to the stream after it. */
    void request(Association association, int streamId) {
        if (!association.sendQueue.isResetting(streamId)) {
            association.sendQueue.beginReset(streamId);
            waiting.add(streamId);
        }
    }

    /** Sends the next request if the last one is answered and streams are drained: §5.1.2. */
    void advance(Association association, Tcb tcb, long nowNanos) {
        if (inFlight != null) {
            return;
        }
        if (streamsToAdd > 0) {
            send(association, tcb, new AddOutgoingStreamsRequest(nextRequestNumber++, streamsToAdd), nowNanos);
            streamsToAdd = 0;
            return;
        }
        if (waiting.isEmpty()) {
            return;
        }
        int[] drained = takeDrained(association);
        if (drained.length == 0) {
            return;
        }
        if (!tcb.capabilities.reconfiguration()) {
            finish(association, drained, false);
            return;
        }
        send(
                association,
                tcb,
                new OutgoingSsnResetRequest(
                        nextRequestNumber++, expectedRequestNumber - 1, (int) tcb.sender.nextTsn() - 1, drained),
                nowNanos);
    }

    long deadlineNanos() {
        return retransmission.atNanos();
    }

    void onTimeout(Association association, Tcb tcb, long nowNanos) {
        if (!retransmission.expire(nowNanos) || inFlight == null) {
            return;
        }
        if (!inProgress) {
            // §5.1.1: as for any chunk that is not acknowledged; "In progress" is an answer.
            tcb.errors.increment();
            tcb.timeout.backOff();
        }
        send(association, tcb, inFlight, nowNanos);
    }

    void handle(Association association, Tcb tcb, ReConfigChunk chunk, long nowNanos) {
        if (!isLegal(chunk.parameters())) {
            association.onMalformed();
            return;
        }
        for (Parameter parameter : chunk.parameters()) {
            if (parameter instanceof ReConfigurationResponse response) {
                handleResponse(association, tcb, response, nowNanos);
            } else {
                handleRequest(association, tcb, parameter);
            }
        }
    }

    /** The peer's TSNs went on: a deferred reset may be due (§5.2.2). */
    void onTsnsReceived(Association association, Tcb tcb) {
        if (deferred != null && tcb.receiver.cumulativeTsn() >= deferredLastTsn) {
            int[] streamIds = deferred.streamIds();
            deferred = null;
            lastResult = ReConfigurationResponse.RESULT_PERFORMED;
            perform(association, tcb, streamIds);
        }
    }

    /** The association was restarted: what was asked for has no meaning any more, and the streams go on. */
    void cancel(Association association) {
        if (inFlight instanceof OutgoingSsnResetRequest reset) {
            finish(association, reset.streamIds(), false);
        }
        int[] rest = waiting.stream().mapToInt(Integer::intValue).toArray();
        waiting.clear();
        if (rest.length > 0) {
            finish(association, rest, false);
        }
    }

    private int[] takeDrained(Association association) {
        int[] drained = new int[Math.min(waiting.size(), MAX_STREAMS_IN_REQUEST)];
        int count = 0;
        for (var it = waiting.iterator(); it.hasNext() && count < drained.length; ) {
            int streamId = it.next();
            if (association.sendQueue.isDrained(streamId)) {
                drained[count++] = streamId;
                it.remove();
            }
        }
        return Arrays.copyOf(drained, count);
    }

    private void send(Association association, Tcb tcb, Parameter request, long nowNanos) {
        inFlight = request;
        inProgress = false;
        association.outbox.add(new ReConfigChunk(List.of(request)), tcb.peerTag());
        retransmission.arm(nowNanos, tcb.timeout.rtoNanos());
    }

    private void handleResponse(Association association, Tcb tcb, ReConfigurationResponse response, long nowNanos) {
        Parameter request = inFlight;
        if (request == null || requestNumber(request) != response.responseSequenceNumber()) {
            return;
        }
        tcb.errors.clear();
        // As for data: what the timer was backed off for is over.
        tcb.timeout.onProgress();
        tcb.sender.onTimeoutChanged(nowNanos);
        if (response.result() == ReConfigurationResponse.RESULT_IN_PROGRESS) {
            inProgress = true;
            retransmission.arm(nowNanos, tcb.timeout.rtoNanos());
            return;
        }
        inFlight = null;
        retransmission.stop();
        boolean performed = response.result() == ReConfigurationResponse.RESULT_PERFORMED
                || response.result() == ReConfigurationResponse.RESULT_NOTHING_TO_DO;
        if (request instanceof OutgoingSsnResetRequest reset) {
            finish(association, reset.streamIds(), performed);
        } else if (request instanceof AddOutgoingStreamsRequest add) {
            finishAddition(association, tcb, add.newStreams(), performed);
        }
        advance(association, tcb, nowNanos);
    }

    private static void finish(Association association, int[] streamIds, boolean performed) {
        for (int streamId : streamIds) {
            association.sendQueue.endReset(streamId, performed);
        }
        association.events.add(
                performed
                        ? new SctpEvent.OutgoingStreamsReset(streamIds)
                        : new SctpEvent.OutgoingResetFailed(streamIds));
    }

    private void finishAddition(Association association, Tcb tcb, int newStreams, boolean performed) {
        if (performed) {
            tcb.outboundStreams += newStreams;
            association.sendQueue.limitStreams(tcb.outboundStreams);
            association.addStreamsAdded(tcb.outboundStreams, tcb.inboundStreams);
        }
        if (addRequestNumber == expectedRequestNumber - 1) {
            // What the peer is told when it asks again.
            lastResult = performed ? ReConfigurationResponse.RESULT_PERFORMED : ReConfigurationResponse.RESULT_DENIED;
        }
    }

    private void handleRequest(Association association, Tcb tcb, Parameter request) {
        int number = requestNumber(request);
        int result;
        if (number == expectedRequestNumber) {
            expectedRequestNumber++;
            result = perform(association, tcb, request);
            lastResult = result;
        } else if (number == expectedRequestNumber - 1 && lastResult != NO_RESULT) {
            // §5.2.1: a retransmission; what was in progress may be done by now.
            result = lastResult;
            if (result == ReConfigurationResponse.RESULT_IN_PROGRESS
                    && request instanceof IncomingSsnResetRequest incoming) {
                result = lastResult = progress(association, incoming);
            }
        } else {
            result = ReConfigurationResponse.RESULT_ERROR_BAD_SEQUENCE_NUMBER;
        }
        association.outbox.add(new ReConfigChunk(List.of(new ReConfigurationResponse(number, result))), tcb.peerTag());
    }

    private int perform(Association association, Tcb tcb, Parameter request) {
        if (request instanceof OutgoingSsnResetRequest outgoing) {
            return resetIncoming(association, tcb, outgoing);
        }
        if (request instanceof IncomingSsnResetRequest incoming) {
            return resetOutgoing(association, tcb, incoming);
        }
        if (request instanceof AddOutgoingStreamsRequest add) {
            return addIncomingStreams(association, tcb, add);
        }
        if (request instanceof AddIncomingStreamsRequest add) {
            return addOutgoingStreams(association, tcb, add);
        }
        // What TSNs come next is not for the peer to say here: RFC 8831 §6.7 does not need it.
        return ReConfigurationResponse.RESULT_DENIED;
    }

    /** §5.2.2 */
    private int resetIncoming(Association association, Tcb tcb, OutgoingSsnResetRequest request) {
        for (int streamId : request.streamIds()) {
            if (streamId >= tcb.inboundStreams) {
                return ReConfigurationResponse.RESULT_ERROR_WRONG_SSN;
            }
        }
        long cumulative = tcb.receiver.cumulativeTsn();
        long lastTsn = Serial.unwrap32(cumulative, request.lastAssignedTsn());
        if (lastTsn <= cumulative) {
            perform(association, tcb, request.streamIds());
            return ReConfigurationResponse.RESULT_PERFORMED;
        }
        if (deferred != null && !Arrays.equals(deferred.streamIds(), request.streamIds())) {
            // §5.2.1; the same under another number is what some peers make of "In progress".
            return ReConfigurationResponse.RESULT_ERROR_REQUEST_ALREADY_IN_PROGRESS;
        }
        deferred = request;
        deferredLastTsn = lastTsn;
        tcb.receiver.reassembly().deferReset(lastTsn, request.streamIds());
        return ReConfigurationResponse.RESULT_IN_PROGRESS;
    }

    private static void perform(Association association, Tcb tcb, int[] streamIds) {
        tcb.receiver.reassembly().endStreams(streamIds);
        association.addIncomingReset(streamIds, tcb.receiver.reassembly().readyCount());
        tcb.receiver.reassembly().completeReset(streamIds);
    }

    /** §5.2.5: the peer has more streams to send on. */
    private static int addIncomingStreams(Association association, Tcb tcb, AddOutgoingStreamsRequest request) {
        if (request.newStreams() == 0) {
            return ReConfigurationResponse.RESULT_NOTHING_TO_DO;
        }
        if (tcb.inboundStreams + request.newStreams() > association.options.inboundStreams()) {
            return ReConfigurationResponse.RESULT_DENIED;
        }
        tcb.inboundStreams += request.newStreams();
        association.addStreamsAdded(tcb.outboundStreams, tcb.inboundStreams);
        return ReConfigurationResponse.RESULT_PERFORMED;
    }

    /** §5.2.6: the peer wants us to have more streams to send on; in progress until our own request for it is answered. */
    private int addOutgoingStreams(Association association, Tcb tcb, AddIncomingStreamsRequest request) {
        if (request.newStreams() == 0) {
            return ReConfigurationResponse.RESULT_NOTHING_TO_DO;
        }
        boolean adding = streamsToAdd > 0 || inFlight instanceof AddOutgoingStreamsRequest;
        if (adding || tcb.outboundStreams + request.newStreams() > association.options.outboundStreams()) {
            return ReConfigurationResponse.RESULT_DENIED;
        }
        streamsToAdd = request.newStreams();
        addRequestNumber = request.requestSequenceNumber();
        return ReConfigurationResponse.RESULT_IN_PROGRESS;
    }

    /** §5.2.3: the peer asks us to reset streams we send on; in progress until our own request for it is answered. */
    private int resetOutgoing(Association association, Tcb tcb, IncomingSsnResetRequest request) {
        int[] streamIds = requested(association, request);
        for (int streamId : streamIds) {
            if (streamId >= tcb.outboundStreams) {
                return ReConfigurationResponse.RESULT_ERROR_WRONG_SSN;
            }
        }
        for (int streamId : streamIds) {
            request(association, streamId);
        }
        return progress(association, request);
    }

    private static int progress(Association association, IncomingSsnResetRequest request) {
        for (int streamId : requested(association, request)) {
            if (association.sendQueue.isResetting(streamId)) {
                return ReConfigurationResponse.RESULT_IN_PROGRESS;
            }
        }
        return ReConfigurationResponse.RESULT_PERFORMED;
    }

    /** §4.2: none named means all, which are those that were ever used. */
    private static int[] requested(Association association, IncomingSsnResetRequest request) {
        return request.streamIds().length > 0 ? request.streamIds() : association.sendQueue.usedStreams();
    }

    private static int requestNumber(Parameter request) {
        if (request instanceof OutgoingSsnResetRequest outgoing) {
            return outgoing.requestSequenceNumber();
        }
        if (request instanceof IncomingSsnResetRequest incoming) {
            return incoming.requestSequenceNumber();
        }
        if (request instanceof SsnTsnResetRequest reset) {
            return reset.requestSequenceNumber();
        }
        if (request instanceof AddOutgoingStreamsRequest add) {
            return add.requestSequenceNumber();
        }
        return ((AddIncomingStreamsRequest) request).requestSequenceNumber();
    }

    /** §3.1: one parameter, or one of the pairs that make sense. */
    private static boolean isLegal(List<Parameter> parameters) {
        if (parameters.isEmpty() || parameters.size() > 2) {
            return false;
        }
        List<Integer> types = new ArrayList<>(2);
        for (Parameter parameter : parameters) {
            types.add(parameter.type());
        }
        types.sort(null);
        return switch (types.get(0)) {
            case OutgoingSsnResetRequest.TYPE ->
                types.size() == 1
                        || types.get(1) == IncomingSsnResetRequest.TYPE
                        || types.get(1) == ReConfigurationResponse.TYPE;
            case ReConfigurationResponse.TYPE -> types.size() == 1 || types.get(1) == ReConfigurationResponse.TYPE;
            case AddOutgoingStreamsRequest.TYPE -> types.size() == 1 || types.get(1) == AddIncomingStreamsRequest.TYPE;
            case IncomingSsnResetRequest.TYPE, SsnTsnResetRequest.TYPE, AddIncomingStreamsRequest.TYPE ->
                types.size() == 1;
            default -> false;
        };
    }
}
