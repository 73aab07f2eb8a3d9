package io.github.purrtc.sdp;

/** A session description that cannot be used, with the line that is to blame. */
public final class SdpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What W3C's webrtc-pc tells apart when a description is set. */
    public enum Kind {
        /** The text breaks the grammar: an {@code RTCError} with detail {@code sdp-syntax-error}. */
        SYNTAX,
        /** The text is well-formed, but its content is not allowed: an {@code InvalidAccessError}. */
        CONTENT
    }

    private final Kind kind;
    private final int lineNumber;

    SdpException(Kind kind, int lineNumber, String problem) {
        super("line " + lineNumber + ": " + problem);
        this.kind = kind;
        this.lineNumber = lineNumber;
    }

    static SdpException at(int lineNumber, IllegalArgumentException cause) {
        Kind kind = cause instanceof ContentException ? Kind.CONTENT : Kind.SYNTAX;
        SdpException exception = new SdpException(kind, lineNumber, String.valueOf(cause.getMessage()));
        exception.initCause(cause);
        return exception;
    }

    /** Whether the text breaks the grammar or its content is not allowed. */
    public Kind kind() {
        return kind;
    }

    /** The number of the line, counted from 1; that of the m-line where a whole m-section is at fault. */
    public int lineNumber() {
        return lineNumber;
    }
}
