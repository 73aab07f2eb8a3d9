package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PurrtcTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Purrtc.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "peer-connection", "route", "data-channel-sctp-throughput"})
    void eachCommandTeachesItself(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().startsWith("Usage: purrtc " + command), out::toString);
        assertTrue(out.toString().contains("Examples:"), out::toString);
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("A command is missing."), err::toString);
        assertTrue(err.toString().contains("peer-connection"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purr",
                "echo --port cat",
                "echo --public-address cat",
                "route --listen 127.0.0.1:0",
                "route --listen 127.0.0.1:99999 --node cat=127.0.0.1:5000",
                "route --listen 127.0.0.1:0 --node cat+=127.0.0.1:5000",
                "route --listen 127.0.0.1:0 --node cat=127.0.0.1",
                "route --listen 127.0.0.1:0 --node cat=127.0.0.1:5000 --max-clients 0",
                "peer-connection",
                "peer-connection 2",
                "peer-connection 1 ghost",
                "data-channel-sctp-throughput",
                "data-channel-sctp-throughput --loopback --message-size 0",
                "data-channel-sctp-throughput --loopback --seconds 0",
                "data-channel-sctp-throughput --loopback --warmup -1"
            })
    void wrongArgumentsHaveTheirExitCode(String arguments) {
        assertEquals(2, run(arguments.split(" ")));
        assertTrue(err.toString().contains("purrtc "), err::toString);
    }

    @Test
    void aPortThatIsTakenIsAFailureWithItsReason() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, run("echo", "--port", String.valueOf(taken.getLocalPort())));
        }
        assertTrue(err.toString().startsWith("purrtc echo: cannot listen on 127.0.0.1:"), err::toString);
    }
}
