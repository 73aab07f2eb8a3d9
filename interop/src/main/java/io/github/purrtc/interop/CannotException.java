package io.github.purrtc.interop;

import java.io.IOException;

/** The peer has no such thing; the message is the evidence. */
final class CannotException extends IOException {
    private static final long serialVersionUID = 1;

    CannotException(String evidence) {
        super(evidence);
    }
}
