package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.ErrorCause;
import io.github.purrtc.sctp.packet.InvalidStreamIdentifierCause;
import io.github.purrtc.sctp.packet.ProtocolViolationCause;
import io.github.purrtc.sctp.packet.UserInitiatedAbortCause;

/** An error cause in words; the peer's own where it gives some. */
final class CauseText {
    private CauseText() {}

    static String of(ErrorCause cause) {
        if (cause instanceof UserInitiatedAbortCause aborted) {
            return PeerText.of(aborted.reason().utf8());
        }
        if (cause instanceof ProtocolViolationCause violation) {
            return PeerText.of(violation.information().utf8());
        }
        if (cause instanceof InvalidStreamIdentifierCause invalid) {
            return "invalid stream identifier " + invalid.streamId();
        }
        String name = cause.getClass().getSimpleName();
        return name.substring(0, name.length() - "Cause".length());
    }
}
