package io.github.purrtc.sdp;

/** A value that fits the grammar and still may not stand there; what {@link SdpException.Kind#CONTENT} is made from. */
final class ContentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The m-section it concerns, or -1. */
    final int section;

    ContentException(String message) {
        this(message, -1);
    }

    ContentException(String message, int section) {
        super(message);
        this.section = section;
    }
}
