package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.ice.IceServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** What everything that connects has in common. */
final class IceArguments {
    @Option(
            names = "--ice-server",
            paramLabel = "URL",
            description = {
                "A STUN or TURN server, once for each: stun:HOST[:PORT],",
                "turn:HOST[:PORT][?transport=udp|tcp], turns:HOST[:PORT]."
            })
    private List<String> servers = new ArrayList<>();

    @Option(names = "--username", paramLabel = "NAME", description = "The user name for TURN.")
    private @Nullable String username;

    @Option(names = "--credential", paramLabel = "PASSWORD", description = "The password for TURN.")
    private @Nullable String credential;

    @Option(
            names = "--include-loopback",
            description = "Use candidates on the loopback interface even where there are others.")
    private boolean includeLoopback;

    boolean includesLoopback() {
        return includeLoopback;
    }

    /** @throws IllegalArgumentException if a URL is none, or a TURN server comes without its password */
    List<IceServer> servers() {
        return servers.stream()
                .map(url -> new IceServer(List.of(url), username, credential))
                .toList();
    }

    /** @throws IllegalArgumentException as {@link #servers} does */
    Configuration.Builder configuration() {
        return Configuration.builder().includeLoopback(includeLoopback).iceServers(servers());
    }
}
