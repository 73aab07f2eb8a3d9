/** Runnable examples. */
module io.github.purrtc.examples {
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires io.github.purrtc;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires java.net.http;
    requires jdk.management;
    requires static org.jspecify;

    // Picocli sets the fields of the commands.
    opens io.github.purrtc.examples to
            info.picocli;
}
