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
    requires java.logging;
    requires org.slf4j;
    // What ice4j needs. The names of ice4j and weupnp as modules are those of their files, which may change:
    // AutomaticModules reads them at run time, and an automatic module that is required brings all others into the
    // graph.
    requires typesafe.config;
    requires kotlin.reflect;
    // of types in ice4j's and weupnp's APIs
    requires static java.desktop;
    requires static java.xml;

    exports io.github.purrtc.ice;
}
