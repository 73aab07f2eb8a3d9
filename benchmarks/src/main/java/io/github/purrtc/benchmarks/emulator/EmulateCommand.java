package io.github.purrtc.benchmarks.emulator;

import io.github.purrtc.benchmarks.emulator.Relay.Traffic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A bad network at home. */
@Command(
        name = "emulate",
        description = {
            "Puts a network path between two programs on this machine: a UDP relay with delay, jitter, loss, a rate, a queue,"
                    + " reordering, duplicates and outages, by a seed.",
            "",
            "Between two peers of WebRTC that signal with lines of JSON ({\"type\":…,\"sdp\":…} and {\"candidate\":…}): it starts both,"
                    + " carries what each says to the other, and puts the relay's addresses in place of their candidates':",
            "  emulate --delay 50 --loss 5 --between \"java -jar … measure signal offer source\" \"node …/main.js werift signal answer sink\"",
            "",
            "In front of one UDP address; what is sent to the printed address goes there, and the answers come back:",
            "  emulate --rate 10 --queue 100000 --target 127.0.0.1:9000 --listen 9001"
        },
        mixinStandardHelpOptions = true)
public final class EmulateCommand implements Callable<Integer> {
    @Mixin
    private final EmulateOptions options = new EmulateOptions();

    @ArgGroup(multiplicity = "1")
    private Use use = new Use();

    @Option(
            names = "--listen",
            defaultValue = "0",
            paramLabel = "PORT",
            description = "The relay's port for --target; 0 (default) for any.")
    private int port;

    /** One of the two. */
    static final class Use {
        @Option(
                names = "--between",
                arity = "2",
                paramLabel = "COMMAND",
                description = "Two commands, the first one offering; their arguments are separated by spaces.")
        private @Nullable List<String> commands;

        @Option(names = "--target", paramLabel = "HOST:PORT", description = "Where what comes is sent on to.")
        private @Nullable String target;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Conditions conditions = options.conditions();
        System.err.println("seed " + options.seed());
        try (Relay relay = Relay.open(conditions, conditions, options.seed())) {
            if (use.commands != null) {
                return Between.run(use.commands, relay);
            }
            if (use.target != null) {
                InetSocketAddress target = address(use.target);
                InetAddress local = relayHost(target);
                System.out.println(text(relay.standFor(End.Z, target, new InetSocketAddress(local, port))));
                tellUntilInterrupted(relay);
            }
            return 0;
        }
    }

    private static InetAddress relayHost(InetSocketAddress target) throws IOException {
        return target.getAddress().isLoopbackAddress() ? target.getAddress() : InetAddress.getByName("0.0.0.0");
    }

    private static void tellUntilInterrupted(Relay relay) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Traffic told = relay.traffic();
        while (!never.await(1, TimeUnit.SECONDS)) {
            Traffic now = relay.traffic();
            if (!now.equals(told)) {
                System.err.println(now.passed() + " passed, " + now.lost() + " lost, " + now.overflown()
                        + " found the queue full" + waits(relay));
                relay.forgetDelays();
                told = now;
            }
        }
    }

    /** Of the last second: the longest. */
    private static String waits(Relay relay) {
        return "; up to %.1f ms in the queue to the target, %.1f ms in the one back, %.1f ms late"
                .formatted(
                        relay.queueDelays(End.Z).quantileMillis(1),
                        relay.queueDelays(End.A).quantileMillis(1),
                        relay.lateness().quantileMillis(1));
    }

    private static InetSocketAddress address(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IOException("HOST:PORT, not " + text);
        }
        return new InetSocketAddress(
                InetAddress.getByName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
