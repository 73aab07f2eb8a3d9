package io.github.purrtc.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code purrtc route}. */
@Command(
        name = "route",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = {
            "Puts several nodes behind one public UDP port.",
            "",
            "The first packets of a connection are checks of ICE, which carry the node's name in their username; they are "
                    + "forwarded to that node, and what else comes from the same address follows. The router keeps nothing that it "
                    + "cannot learn again from the checks, which never end: it may be restarted, or stand beside others behind a "
                    + "load balancer.",
            "",
            "A node is a program of purrtc with one UDP port, a name as the prefix of its username fragments, and the router's "
                    + "address in place of its own candidates. The router keeps a socket for each client."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc route --listen 203.0.113.1:3478 --node cat=10.0.0.1:5000 \\",
            "      --node dog=10.0.0.2:5000",
            "  purrtc echo --host 10.0.0.1 --udp-port 5000 --node cat \\",
            "      --public-address 203.0.113.1:3478",
            "  purrtc echo --host 10.0.0.2 --udp-port 5000 --node dog \\",
            "      --public-address 203.0.113.1:3478"
        })
final class RouteCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            required = true,
            converter = SocketAddressConverter.class,
            description = "The public address and port; port 0 for any.")
    private InetSocketAddress listen = new InetSocketAddress(0);

    @Option(
            names = "--node",
            paramLabel = "NAME=ADDRESS:PORT",
            required = true,
            description = "A node, once for each: its name, letters and digits, and its UDP port.")
    private Map<String, String> nodes = new LinkedHashMap<>();

    @Option(
            names = "--max-clients",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description = "How many clients there may be at a time (default: ${DEFAULT-VALUE}).")
    private int maxClients;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Range.require("--max-clients", maxClients, 1, Integer.MAX_VALUE);
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        nodes.forEach((name, address) -> addresses.put(NodeTable.requireName(name), socketAddress(address)));
        try (Story story = Story.onStandardOutput();
                UdpRouter router = UdpRouter.start(listen, new NodeTable(addresses), maxClients, story)) {
            InetSocketAddress bound = router.address();
            story.tell("Routing on " + bound.getAddress().getHostAddress() + ":" + bound.getPort() + " (Ctrl-C ends)");
            try (CtrlC ctrlC = CtrlC.ends(router::close, () -> story.tell("Good-bye"), story::close)) {
                ctrlC.await();
            }
            return 0;
        }
    }

    private InetSocketAddress socketAddress(String text) {
        try {
            return new SocketAddressConverter().convert(text);
        } catch (TypeConversionException e) {
            throw new IllegalArgumentException("--node: " + e.getMessage(), e);
        }
    }
}
