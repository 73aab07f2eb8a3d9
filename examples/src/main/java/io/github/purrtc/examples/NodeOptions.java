package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.WebRtc;
import io.github.purrtc.WebRtcOptions;
import io.github.purrtc.ice.CommonPorts;
import io.github.purrtc.ice.NetworkOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.net.InetSocketAddress;

/** What makes a server one of several nodes behind a router. */
final class NodeOptions {
    @Option(
            names = "--udp-port",
            paramLabel = "PORT",
            description = "The one UDP port of all connections, 0 for a port each (default: 0).")
    private int udpPort;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "This node's name, letters and digits, by which a router knows whom a packet is for.")
    private @Nullable String name;

    @Option(
            names = "--public-address",
            paramLabel = "ADDRESS:PORT",
            converter = SocketAddressConverter.class,
            description = "The router's address, told to the pages in place of this node's own.")
    private @Nullable InetSocketAddress publicAddress;

    void apply(Configuration.Builder connections) {
        if (name != null) {
            connections.usernameFragmentPrefix(NodeTable.requireName(name) + NodeTable.END_OF_NAME);
        }
        InetSocketAddress router = publicAddress;
        if (router != null) {
            connections.addressMapping(local -> isSameFamily(local, router) ? router : null);
        }
    }

    private static boolean isSameFamily(InetSocketAddress one, InetSocketAddress other) {
        return one.getAddress().getClass() == other.getAddress().getClass();
    }

    WebRtc webRtc() {
        Range.require("--udp-port", udpPort, 0, 65_535);
        return udpPort == 0
                ? WebRtc.shared()
                : WebRtc.open(new WebRtcOptions(NetworkOptions.defaults().withPorts(CommonPorts.udp(udpPort))));
    }
}
