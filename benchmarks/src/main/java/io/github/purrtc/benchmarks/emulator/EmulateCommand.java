package io.github.purrtc.benchmarks.emulator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A bad network at home. */
@Command(
        name = "emulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "emulate --paste [OPTIONS]",
            "       emulate --between OFFERING ANSWERING [OPTIONS]",
            "       emulate --target HOST:PORT [--listen PORT] [OPTIONS]"
        },
        description = {
            "Puts a network path between two programs on this machine: a UDP relay with delay, jitter, loss, a rate, a queue, "
                    + "reordering, duplicates and outages, by a seed. The programs reach each other through it, as one "
                    + "learns the relay's addresses in place of the other's. docs/emulator.md tells more."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emulate --delay 50 --loss 2 --paste",
            "  emulate --rate 10 --queue 100000 --target 127.0.0.1:9000 --listen 9001",
            "  emulate --loss 3 --burst 5 --seed 7 --between \"./offer\" \"node answer.js\""
        })
public final class EmulateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1", order = 1, heading = "%nBetween whom:%n")
    private Use use = new Use();

    @ArgGroup(validate = false, order = 2, heading = "%nWhat the path is like, the same in both directions:%n")
    private EmulateOptions options = new EmulateOptions();

    /** One of the three. */
    static final class Use {
        @Option(
                names = "--paste",
                description =
                        "Two peers of WebRTC whose descriptions you carry: each line that you paste, {\"type\":…,\"sdp\":…} or "
                                + "{\"candidate\":…}, is printed as the other peer is to hear it. An empty line ends.")
        private boolean paste;

        @Option(
                names = "--between",
                arity = "2",
                paramLabel = "COMMAND",
                description =
                        "Two programs that signal by such lines on standard output and input: both are started, the first "
                                + "one offers. Their arguments are separated by spaces. Ends with them, or when one tells its "
                                + "{\"event\":\"result\",…}.")
        private @Nullable List<String> commands;

        @ArgGroup(exclusive = false)
        private @Nullable Target target;
    }

    /** One UDP address. */
    static final class Target {
        @Option(
                names = "--target",
                required = true,
                paramLabel = "HOST:PORT",
                description =
                        "One UDP address: what is sent to the relay's, which is printed, goes there, and the answers come back.")
        private String address = "";

        @Option(
                names = "--listen",
                defaultValue = "0",
                paramLabel = "PORT",
                description = "The relay's port for --target; 0 (default) for any.")
        private int port;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            Conditions conditions = options.conditions();
            System.err.println("seed " + options.seed());
            try (Relay relay = Relay.open(conditions, conditions, options.seed())) {
                return run(relay);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }

    private int run(Relay relay) throws IOException, InterruptedException {
        if (use.commands != null) {
            return Between.run(use.commands, relay);
        }
        CountDownLatch ended = new CountDownLatch(1);
        if (use.paste) {
            BufferedReader pasted = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            new Paste(relay, System.out, System.err).start(pasted, ended);
        } else if (use.target != null) {
            System.out.println(text(stand(relay, use.target)));
        }
        tellUntil(ended, relay);
        return 0;
    }

    private static InetSocketAddress stand(Relay relay, Target target) throws IOException {
        if (target.port < 0 || target.port > 65_535) {
            throw new IllegalArgumentException("--listen: a port is 0 to 65535, not " + target.port);
        }
        InetSocketAddress address = address(target.address);
        boolean isLocal = address.getAddress().isLoopbackAddress();
        InetAddress host = isLocal ? address.getAddress() : InetAddress.getByName("0.0.0.0");
        return relay.standFor(End.Z, address, new InetSocketAddress(host, target.port));
    }

    private static void tellUntil(CountDownLatch ended, Relay relay) throws InterruptedException {
        Relay.Traffic told = relay.traffic();
        boolean isOver = false;
        while (!isOver) {
            isOver = ended.await(1, TimeUnit.SECONDS);
            Relay.Traffic now = relay.traffic();
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

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = text.substring(0, Math.max(0, colon));
            InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
            if (colon > 0 && !address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // no number, or no port
        }
        throw new IllegalArgumentException("--target: '" + text + "' is not HOST:PORT, or the host is unknown");
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
