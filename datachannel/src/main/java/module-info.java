/** WebRTC data channels. */
module io.github.purrtc {
    requires transitive io.github.purrtc.dtls;
    requires transitive io.github.purrtc.ice;
    requires transitive io.github.purrtc.sctp;
    requires transitive io.github.purrtc.sdp;
    requires static org.jspecify;
    requires org.slf4j;

    exports io.github.purrtc;
}
