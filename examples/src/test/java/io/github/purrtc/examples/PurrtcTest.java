package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

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

    static List<String> commands() {
        return Purrtc.commandLine().getSubcommands().keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandTeachesItself(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().startsWith("Usage: purrtc " + command), out::toString);
        assertTrue(out.toString().contains("Examples:"), out::toString);
        out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
        List<String> examples = out.toString()
                .substring(out.toString().indexOf("Examples:"))
                .lines()
                .skip(1)
                .toList();
        for (String example : examples) {
            assertTrue(example.startsWith("  "), "wrapped: " + example);
        }
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertEquals(2, run());
        assertTrue(err.toString().startsWith("purrtc: A command is missing."), err::toString);
        for (String command : commands()) {
            assertTrue(err.toString().contains("\n  " + command), command);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "purr                                                                         | 'purr'",
                "data-chanel-sctp                                                             | data-channel-sctp",
                "echo --port cat                                                              | '--port'",
                "echo --port 70000                                                            | 70000",
                "echo --public-address cat                                                    | '--public-address'",
                "echo --udp-port 70000                                                        | 70000",
                "echo --node c+t                                                              | c+t",
                "echo --ice-server purr                                                       | purr",
                "route --listen 127.0.0.1:0                                                   | --node",
                "route --listen 127.0.0.1:99999 --node cat=127.0.0.1:5000                     | 127.0.0.1:99999",
                "route --listen 127.0.0.1:0 --node cat+=127.0.0.1:5000                        | cat+",
                "route --listen 127.0.0.1:0 --node cat=127.0.0.1                              | --node",
                "route --listen 127.0.0.1:0 --node cat=127.0.0.1:5000 --max-clients 0         | --max-clients",
                "peer-connection                                                              | 0|1",
                "peer-connection 2                                                            | '2'",
                "peer-connection 1 ghost                                                      | 'ghost'",
                "peer-connection 1 --ice-server turn:127.0.0.1                                | turn:127.0.0.1",
                "chat                                                                         | --room",
                "chat --offer --answer                                                        | --offer, --answer",
                "chat --room a                                                                | 4 to 64",
                "chat --room cats --server purr                                               | purr",
                "chat --room cats --server http://127.0.0.1:9                                 | http://127.0.0.1:9",
                "send-file --offer                                                            | FILE",
                "send-file --offer /nowhere/cat.jpg                                           | /nowhere/cat.jpg",
                "send-file --offer /tmp                                                       | /tmp",
                "receive-file --answer --max-size -1                                          | --max-size",
                "receive-file --answer --max-files 0                                          | --max-files",
                "receive-file --answer --max-size much                                        | '--max-size'",
                "data-channel-sctp 1 70000                                                    | 70000",
                "data-channel-sctp 1 -- -1                                                    | -1",
                "data-channel-sctp 1 5000 ghost                                               | 'ghost'",
                "data-channel-sctp 1 --policy ghost                                           | 'ghost'",
                "data-channel-sctp 1 --udp-ports 7                                            | '7'",
                "data-channel-sctp 1 --udp-ports 9-3                                          | 9",
                "data-channel-sctp 1 --udp-ports 1-99999                                      | 99999",
                "data-channel-sctp 1 --ice-server http://127.0.0.1                            | http://127.0.0.1",
                "data-channel-sctp-streamed 1 --message-size 0                                | --message-size",
                "data-channel-sctp-throughput                                                 | --loopback",
                "data-channel-sctp-throughput 1                                               | MESSAGE-SIZE",
                "data-channel-sctp-throughput 1 100 0                                         | TIMES",
                "data-channel-sctp-throughput 1 100 1 5000 7                                  | BUFFER-LENGTH",
                "data-channel-sctp-throughput 1 100 1 5000 0 purr                             | 'purr'",
                "data-channel-sctp-throughput 1 100 1 5000 0 cubic 5                          | MTU",
                "data-channel-sctp-throughput --loopback --message-size 0                     | --message-size",
                "data-channel-sctp-throughput --loopback --max-datagram-size 7                | --max-datagram-size",
                "data-channel-sctp-throughput --loopback --seconds 0                          | --seconds",
                "data-channel-sctp-throughput --loopback --warmup -1                          | --warmup",
                "data-channel-sctp-loopback ghost                                             | 'ghost'",
                "sctp-redirect-transport 1 127.0.0.1                                          | REDIRECT-PORT",
                "sctp-redirect-transport 1 127.0.0.1 70000                                    | 70000",
                "sctp-redirect-transport 1 127.0.0.1 0                                        | REDIRECT-PORT",
                "sctp-redirect-transport 1 127.0.0.1 9899 5000 -- -1                          | -1",
            })
    void wrongArgumentsAreNamed(String arguments, String named) {
        assertEquals(2, run(arguments.split(" ")), err::toString);
        String told = err.toString();
        assertTrue(told.startsWith("purrtc"), told);
        assertTrue(told.lines().limit(3).anyMatch(line -> line.contains(named)), told);
        assertTrue(told.contains("--help"), told);
    }

    @Test
    void aPortThatIsTakenIsAFailureWithItsReason() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, run("echo", "--port", String.valueOf(taken.getLocalPort())));
        }
        assertTrue(err.toString().startsWith("purrtc echo: cannot listen on 127.0.0.1:"), err::toString);
    }
}
