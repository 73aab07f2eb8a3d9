package io.github.purrtc.dtls;

import org.jspecify.annotations.Nullable;

/** Why a DTLS transport failed. */
public final class DtlsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable DtlsAlert alert;

    /** A failure, with the alert that told it and what is behind it, as far as there are. */
    public DtlsException(String message, @Nullable DtlsAlert alert, @Nullable Throwable cause) {
        super(message, cause);
        this.alert = alert;
    }

    /** The alert sent or received, if there was one. */
    public @Nullable DtlsAlert alert() {
        return alert;
    }
}
