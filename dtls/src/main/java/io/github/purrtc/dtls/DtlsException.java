package io.github.purrtc.dtls;

import org.jspecify.annotations.Nullable;

/** Why a DTLS transport failed. */
public final class DtlsException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int BAD_CERTIFICATE = 42;

    private final transient @Nullable DtlsAlert alert;
    private final boolean fingerprintMismatch;

    /** A failure, with the alert that told it and what is behind it, as far as there are. */
    public DtlsException(String message, @Nullable DtlsAlert alert, @Nullable Throwable cause) {
        this(message, alert, cause, false);
    }

    private DtlsException(
            String message, @Nullable DtlsAlert alert, @Nullable Throwable cause, boolean fingerprintMismatch) {
        super(message, cause);
        this.alert = alert;
        this.fingerprintMismatch = fingerprintMismatch;
    }

    /** The peer is told by the alert bad_certificate, which is not why the transport failed. */
    public static DtlsException fingerprintMismatch(@Nullable Throwable cause) {
        String message = "the peer's certificate has none of the fingerprints signalled";
        return new DtlsException(message, new DtlsAlert(BAD_CERTIFICATE, DtlsAlert.Direction.SENT), cause, true);
    }

    /** Whether the peer's certificate is not the one that its description speaks of. */
    public boolean isFingerprintMismatch() {
        return fingerprintMismatch;
    }

    /** The alert sent or received, if there was one. */
    public @Nullable DtlsAlert alert() {
        return alert;
    }
}
