/** Session descriptions for data channels (RFC 8866, RFC 8839, RFC 8841). */
module io.github.purrtc.sdp {
    requires static org.jspecify;

    exports io.github.purrtc.sdp;
}
