/** SCTP for data channels (RFC 9260 over RFC 8261) as a deterministic state machine without I/O. */
module io.github.purrtc.sctp {
    requires static org.jspecify;

    exports io.github.purrtc.sctp;
}
