package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A failed call or a failed connection, with the standard's name of the error, which the message begins with. What webrtc-pc calls an
 * {@code RTCError} is one with {@linkplain #details() details}; its name is OperationError (webrtc-pc §11.2).
 */
public final class RtcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorName errorName;
    private final transient @Nullable RtcErrorDetails details;

    /** An error with no other behind it. */
    public RtcException(ErrorName errorName, String message) {
        this(errorName, message, null);
    }

    /** An error with the one behind it. */
    public RtcException(ErrorName errorName, String message, @Nullable Throwable cause) {
        this(errorName, null, message, cause);
    }

    RtcException(RtcErrorDetails details, String message, @Nullable Throwable cause) {
        this(ErrorName.OPERATION_ERROR, details, details.errorDetail() + ": " + message, cause);
    }

    private RtcException(
            ErrorName errorName, @Nullable RtcErrorDetails details, String message, @Nullable Throwable cause) {
        super(errorName + ": " + message, cause);
        this.errorName = errorName;
        this.details = details;
    }

    static RtcException sctpFailure(String message) {
        return new RtcException(RtcErrorDetails.sctpFailure(0), message, null);
    }

    /** The standard's name of the error, {@code InvalidStateError} say. */
    public ErrorName errorName() {
        return errorName;
    }

    /** What an {@code RTCError} says beyond its name; lost when the exception is serialized. */
    public Optional<RtcErrorDetails> details() {
        return Optional.ofNullable(details);
    }
}
