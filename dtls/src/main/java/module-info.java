/** DTLS for data channels, on Bouncy Castle, driven by an event loop. */
module io.github.purrtc.dtls {
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.github.purrtc.dtls;
}
