package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** How the two ends of a connection find each other: by a room, or by people who copy and paste. */
final class RendezvousArguments {
    private static final String SERVER = "ws://127.0.0.1:8889/connect";

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = SERVER,
            description = {"The echo server with the room (default:", "${DEFAULT-VALUE})."})
    private URI server = URI.create(SERVER);

    @Mixin
    private IceArguments ice = new IceArguments();

    /** One of three. */
    static final class Choice {
        @Option(
                names = "--room",
                paramLabel = "CODE",
                arity = "0..1",
                fallbackValue = "",
                description =
                        "Meet in the room with this code at the echo server; without a code a fresh one is made and told.")
        private @Nullable String room;

        @Option(names = "--offer", description = "Copy and paste, this end first.")
        private boolean offer;

        @Option(names = "--answer", description = "Copy and paste, the other end first.")
        @SuppressWarnings("UnusedVariable") // What is neither of the others.
        private boolean answer;
    }

    /** @throws IllegalArgumentException if the arguments do not fit together */
    Configuration configuration() {
        return ice.configuration().build();
    }

    /** Begins; tells on standard error what people have to know. */
    Rendezvous open(BufferedReader input) throws IOException, InterruptedException {
        String code = choice.room;
        if (code == null) {
            return new PastedRendezvous(choice.offer, input, System.out, System.err);
        }
        if (!Set.of("ws", "wss").contains(String.valueOf(server.getScheme()))) {
            throw new IllegalArgumentException("--server must be ws://… or wss://…, not " + server);
        }
        String room = code.isEmpty() ? RoomCode.random() : RoomCode.require(code);
        RoomRendezvous rendezvous = RoomRendezvous.enter(server, room);
        System.err.println("In the room " + room + "; waiting for the other end");
        return rendezvous;
    }
}
