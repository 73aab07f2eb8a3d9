package io.github.purrtc.benchmarks.profile;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** To whom a frame belongs. The first that matches counts; frames of the JDK's collections and the like belong to their caller. */
@SuppressWarnings("ImmutableEnumChecker") // List.of
enum Layer {
    CIPHER("the JDK's cipher", "javax.crypto.", "com.sun.crypto.", "sun.security.", "java.security."),
    BOUNCY_CASTLE("Bouncy Castle", "org.bouncycastle."),
    DTLS("dtls", "io.github.purrtc.dtls."),
    SCTP("sctp", "io.github.purrtc.sctp."),
    ICE("ice", "io.github.purrtc.ice."),
    SOCKETS("Netty and the JDK's sockets", "io.netty.", "sun.nio.ch."),
    MEASURING("measuring", "io.github.purrtc.benchmarks."),
    DRIVER("driver and channels", "io.github.purrtc."),
    OTHER("other");

    private final String label;
    private final List<String> prefixes;

    Layer(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    String label() {
        return label;
    }

    /** Of the innermost frame that is somebody's. */
    static Layer of(@Nullable RecordedStackTrace trace) {
        if (trace == null) {
            return OTHER;
        }
        for (RecordedFrame frame : trace.getFrames()) {
            String type = frame.getMethod().getType().getName();
            for (Layer layer : values()) {
                if (layer.prefixes.stream().anyMatch(type::startsWith)) {
                    return layer;
                }
            }
        }
        return OTHER;
    }
}
