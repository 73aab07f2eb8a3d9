package io.github.purrtc;

import org.jspecify.annotations.Nullable;

/** A failed call or a failed connection, with the standard's name of the error, which the message begins with. */
public final class RtcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorName errorName;

    public RtcException(ErrorName errorName, String message) {
        this(errorName, message, null);
    }

    public RtcException(ErrorName errorName, String message, @Nullable Throwable cause) {
        super(errorName + ": " + message, cause);
        this.errorName = errorName;
    }

    /** The standard's name of the error, {@code InvalidStateError} say. */
    public ErrorName errorName() {
        return errorName;
    }
}
