package io.github.purrtc.sctp.packet;

/** What came from the network is not what RFC 9260 §3 describes. Carries no stack trace: it is as frequent as a peer wants it to be. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String reason) {
        super(reason, null, false, false);
    }
}
