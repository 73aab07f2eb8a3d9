package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** What webrtc-pc §4.4.1 says of signaling states: which operation leads from which state where, and what else it fails with. */
final class SignalingModel {
    private SignalingState state = SignalingState.STABLE;

    enum Operation {
        CREATE_OFFER,
        CREATE_ANSWER,
        SET_LOCAL_IMPLICIT,
        SET_LOCAL_PRANSWER,
        SET_LOCAL_ROLLBACK,
        SET_REMOTE_OFFER,
        SET_REMOTE_PRANSWER,
        SET_REMOTE_ANSWER,
        SET_REMOTE_ROLLBACK
    }

    SignalingState state() {
        return state;
    }

    void close() {
        state = SignalingState.CLOSED;
    }

    /** Whether the state allows it; where it does not, it fails with an InvalidStateError. */
    boolean allows(Operation operation) {
        return switch (operation) {
            case CREATE_OFFER -> is(SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
            case CREATE_ANSWER, SET_LOCAL_PRANSWER ->
                is(SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER);
            case SET_LOCAL_IMPLICIT -> !is(SignalingState.HAVE_REMOTE_PRANSWER, SignalingState.CLOSED);
            case SET_LOCAL_ROLLBACK -> is(SignalingState.HAVE_LOCAL_OFFER);
            case SET_REMOTE_OFFER ->
                is(SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_OFFER);
            case SET_REMOTE_PRANSWER, SET_REMOTE_ANSWER ->
                is(SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_PRANSWER);
            case SET_REMOTE_ROLLBACK -> is(SignalingState.HAVE_REMOTE_OFFER);
        };
    }

    /** What the text of a description that comes at the wrong time may be refused for, where the state allows it. */
    Set<ErrorName> objections(Operation operation) {
        return switch (operation) {
            case SET_REMOTE_OFFER, SET_REMOTE_PRANSWER, SET_REMOTE_ANSWER -> Set.of(ErrorName.INVALID_ACCESS_ERROR);
            default -> Set.of();
        };
    }

    /** @param error null if the operation succeeded */
    void follow(Operation operation, @Nullable ErrorName error) {
        if (error != null) {
            // RFC 9429 §4.1.10.2: the rollback that an offer implies stays, whatever comes of the offer.
            if (operation == Operation.SET_REMOTE_OFFER && state == SignalingState.HAVE_LOCAL_OFFER) {
                state = SignalingState.STABLE;
            }
            return;
        }
        state = switch (operation) {
            case CREATE_OFFER, CREATE_ANSWER -> state;
            case SET_LOCAL_IMPLICIT ->
                is(SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER)
                        ? SignalingState.HAVE_LOCAL_OFFER
                        : SignalingState.STABLE;
            case SET_LOCAL_PRANSWER -> SignalingState.HAVE_LOCAL_PRANSWER;
            case SET_REMOTE_OFFER -> SignalingState.HAVE_REMOTE_OFFER;
            case SET_REMOTE_PRANSWER -> SignalingState.HAVE_REMOTE_PRANSWER;
            case SET_LOCAL_ROLLBACK, SET_REMOTE_ROLLBACK, SET_REMOTE_ANSWER -> SignalingState.STABLE;
        };
    }

    private boolean is(SignalingState... states) {
        return Set.of(states).contains(state);
    }
}
