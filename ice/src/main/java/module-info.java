/** ICE for data channels: candidates, connectivity checks, consent (RFC 8445, RFC 7675), and the UDP sockets below. */
module io.github.purrtc.ice {
    requires static org.jspecify;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.dns;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    requires static ice4j;
    requires static weupnp;
    // of a listener type in ice4j's API, at compile time only
    requires static java.desktop;
    requires static java.xml;
    requires java.logging;
    requires org.slf4j;

    exports io.github.purrtc.ice;
}
