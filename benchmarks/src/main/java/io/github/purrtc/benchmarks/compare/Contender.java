package io.github.purrtc.benchmarks.compare;

import io.github.purrtc.benchmarks.process.Jvm;
import io.github.purrtc.sctp.CongestionAlgorithm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes part.
 *
 * @param name as in the tables
 * @param launcher what starts it, up to the mode
 */
public record Contender(String name, List<String> launcher) {
    public static final String PURRTC = "purrtc";
    static final String PURRTC_NIO = "purrtc, NIO";
    public static final String LIBDATACHANNEL = "libdatachannel";
    static final String LIBWEBRTC = "libwebrtc";
    public static final String WERIFT = "werift";
    static final String UDP = "plain UDP";
    static final String CIPHER = "cipher alone";

    /** This library with the best sockets there are, and as if no native library were on the class path. */
    static List<Contender> own() {
        Jvm jvm = Jvm.likeThis();
        return List.of(
                new Contender(PURRTC, jvm.command(List.of("measure"))),
                new Contender(
                        PURRTC_NIO,
                        jvm.with("-Dio.netty.transport.noNative=true").command(List.of("measure"))));
    }

    /** What is measured without WebRTC. */
    static Contender limit(String name) {
        return new Contender(name, Jvm.likeThis().command(List.of("measure")));
    }

    /** The others, installed in that folder. */
    static List<Contender> peers(Path folder) {
        String libraries =
                folder.resolve(PeerInstaller.LIBWEBRTC_LIBRARIES).resolve("*").toString();
        return List.of(
                node(folder, LIBDATACHANNEL),
                new Contender(
                        LIBWEBRTC,
                        Jvm.likeThis().withClassPath(libraries).command(List.of("measure", "--stack=libwebrtc"))),
                node(folder, WERIFT));
    }

    /** This library with that congestion control. */
    public static Contender own(String name, CongestionAlgorithm algorithm) {
        return new Contender(name, Jvm.likeThis().command(List.of("measure", "--congestion=" + algorithm)));
    }

    /** One of those that Node.js runs. */
    public static Contender node(Path folder, String name) {
        return new Contender(
                name,
                List.of(
                        "node",
                        "--expose-gc",
                        folder.resolve("node").resolve("main.js").toString(),
                        name));
    }

    boolean isOwn() {
        return name.startsWith(PURRTC);
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(arguments);
        return command;
    }
}
