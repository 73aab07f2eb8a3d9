package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** rawrtc's tools as people use them: as processes, two of them joined by their parameters. */
@Timeout(240)
class OrtcToolsTest {
    private static final String LOOPBACK = "--include-loopback";

    @Test
    void gathersAndEnds() throws Exception {
        try (Tool gatherer = Tool.start("ice-gatherer", LOOPBACK, "--udp-ports", "20000-60000")) {
            gatherer.out.await(
                    "a candidate", line -> line.contains(" ICE candidate: ") && line.contains("ip=127.0.0.1"));
            gatherer.out.awaitStory("(A) ICE gatherer last local candidate");
            assertEquals(0, gatherer.exitCode());
        }
    }

    @Test
    void saysWhenThereIsNoCandidate() throws Exception {
        try (Tool gatherer = Tool.start("ice-gatherer", LOOPBACK, "--policy", "no-host")) {
            gatherer.out.awaitStory("0 candidates");
            assertEquals(1, gatherer.exitCode());
        }
    }

    @Test
    void iceTransportsConnect() throws Exception {
        try (Tool loopback = Tool.start("ice-transport-loopback", LOOPBACK, "host", "prflx")) {
            loopback.endInput();
            loopback.out.awaitStory("(A) ICE transport state: connected");
            loopback.out.awaitStory("(B) ICE transport state: connected");
            assertEquals(0, loopback.exitCode());
        }
    }

    @Test
    void dtlsTransportsConnectAndEnterEnds() throws Exception {
        try (Tool loopback = Tool.start("dtls-transport-loopback", LOOPBACK)) {
            loopback.out.awaitStory("(A) DTLS transport state change: connected");
            loopback.out.awaitStory("(B) DTLS transport state change: connected");
            loopback.out.awaitStory("Done; Enter or Ctrl-C ends");
            loopback.type("");
            loopback.out.awaitStory("Exiting");
            assertEquals(0, loopback.exitCode());
        }
    }

    @Test
    void channelsOfEveryKindCarryWhatIsSent() throws Exception {
        try (Tool loopback = Tool.start("data-channel-sctp-loopback", LOOPBACK)) {
            loopback.endInput();
            for (String label : List.of("bear", "cat", "lion", "owl", "fox", "frog", "bee")) {
                loopback.out.awaitStory("(A) " + label + "-noises: all bytes right");
            }
            loopback.out.awaitStory("(A) Incoming message for data channel bear-noises: 16777216 bytes");
            loopback.out.awaitStory("(B) cat-noises: all bytes right");
            assertEquals(0, loopback.exitCode());
        }
    }

    @Test
    void loopbackEndsOnCtrlC() throws Exception {
        try (Tool loopback = Tool.start("data-channel-sctp-loopback", LOOPBACK)) {
            loopback.out.awaitStory("Done; Enter or Ctrl-C ends");
            loopback.interrupt();
            loopback.out.awaitStory("Good-bye");
            assertEquals(0, loopback.exitCode());
        }
    }

    @Test
    void twoProgramsExchangeNoises() throws Exception {
        try (Tool controlling = Tool.start("data-channel-sctp", LOOPBACK, "1", "6000", "host", "prflx");
                Tool controlled = Tool.start("data-channel-sctp", LOOPBACK, "0")) {
            join(controlling, controlled);
            controlling.err.awaitStory("(A) cat-noises: all bytes right");
            controlled.err.awaitStory("(A) cat-noises: all bytes right");
            controlling.err.awaitStory("(A) Incoming message for data channel bear-noises: 16777216 bytes");
            controlling.err.awaitStory("(A) bear-noises: all bytes right");
            controlled.err.awaitStory("(A) Data channel closed: bear-noises");
            controlling.interrupt();
            controlling.err.awaitStory("Good-bye");
            assertEquals(0, controlling.exitCode());
            controlled.err.awaitStory("(A) Data channel closed: cat-noises");
            assertEquals(0, controlled.exitCode());
        }
    }

    @Test
    void echoesWhatTheOtherEndSends() throws Exception {
        try (Tool echo = Tool.start("data-channel-sctp-echo", LOOPBACK, "1");
                Tool noises = Tool.start("data-channel-sctp", LOOPBACK, "0")) {
            join(echo, noises);
            echo.err.awaitStory("(A) Incoming message for data channel bear-noises: 16777216 bytes");
            echo.err.awaitStory("(A) Data channel closed: bear-noises");
            noises.type("");
            assertEquals(0, noises.exitCode());
            assertEquals(0, echo.exitCode());
        }
    }

    @Test
    void messagesComeInParts() throws Exception {
        try (Tool controlling = Tool.start("data-channel-sctp-streamed", LOOPBACK, "1");
                Tool controlled =
                        Tool.start("data-channel-sctp-streamed", LOOPBACK, "0", "--message-size", "20000000")) {
            join(controlling, controlled);
            controlling.err.awaitStory("(A) cat-noises: all bytes right");
            controlled.err.awaitStory("(A) cat-noises: all bytes right");
            controlling.err.await(
                    "the message",
                    line -> line.contains("Incoming message for data channel bear-noises: 20000000 bytes in "));
            controlling.err.awaitStory("(A) bear-noises: all bytes right");
            controlled.err.awaitStory("(A) 20000000 bytes on bear-noises are acknowledged");
            controlled.type("");
            assertEquals(0, controlled.exitCode());
            assertEquals(0, controlling.exitCode());
        }
    }

    @Test
    void measuresBetweenTwoPrograms() throws Exception {
        try (Tool sender = Tool.start(
                        "data-channel-sctp-throughput",
                        LOOPBACK,
                        "1",
                        "3000000",
                        "2",
                        "6000",
                        "1048576",
                        "cubic",
                        "1200");
                Tool receiver = Tool.start("data-channel-sctp-throughput", LOOPBACK, "0", "3000000")) {
            join(sender, receiver);
            receiver.err.awaitStory("(A) Started throughput test of 2.86 MiB");
            receiver.err.await("a rate", line -> line.contains("Completed throughput test after "));
            sender.err.await("an acknowledgement", line -> line.contains("Acknowledged after "));
            assertEquals(0, sender.exitCode());
            assertEquals(0, receiver.exitCode());
        }
    }

    @Test
    void throughputWantsARoleOrLoopback() throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp-throughput")) {
            tool.err.await("the reason", line -> line.contains("Either 0 or 1 and a message size, or --loopback."));
            assertEquals(2, tool.exitCode());
        }
    }

    @Test
    void packetsPassThroughUdp() throws Exception {
        try (DatagramSocket a = socket();
                DatagramSocket z = socket();
                Tool toolA = Tool.start("sctp-redirect-transport", LOOPBACK, "1", "127.0.0.1", port(a));
                Tool toolZ =
                        Tool.start("sctp-redirect-transport", LOOPBACK, "0", "127.0.0.1", port(z), "6000", "70000")) {
            join(toolA, toolZ);
            toolA.err.awaitStory("(A) The peer's SCTP port is 6000");
            for (Tool tool : new Tool[] {toolA, toolZ}) {
                tool.err.awaitStory("(A) SCTP redirect transport state change: open");
            }
            for (int size : new int[] {1, 12, 1_000, 1_163}) {
                byte[] packet = TestData.bytes(size, size).array();
                assertArrayEquals(packet, pass(packet, a, source(toolA), z), size + " bytes from A to Z");
                assertArrayEquals(packet, pass(packet, z, source(toolZ), a), size + " bytes from Z to A");
            }
            toolA.interrupt();
            assertEquals(0, toolA.exitCode());
            assertEquals(0, toolZ.exitCode());
        }
    }

    @Test
    void saysWhatIsWrongWithAPaste() throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp", LOOPBACK, "1")) {
            tool.type("purr");
            tool.err.await("the reason", line -> line.contains("Invalid remote parameters: not JSON"));
            tool.type("{\"iceParameters\":{}}");
            tool.err.await("the reason", line -> line.contains("\"usernameFragment\" must be a text"));
            tool.endInput();
            tool.err.awaitStory("The input ended without remote parameters");
            assertEquals(1, tool.exitCode());
        }
    }

    private static void join(Tool one, Tool other) throws Exception {
        String parameters = parameters(one);
        one.type(parameters(other));
        other.type(parameters);
    }

    private static String parameters(Tool tool) throws InterruptedException {
        return tool.out.await("parameters", line -> line.startsWith("{\"iceParameters\":"));
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String port(DatagramSocket socket) {
        return String.valueOf(socket.getLocalPort());
    }

    /** Where the tool's packets come from. */
    private static InetSocketAddress source(Tool tool) throws InterruptedException {
        String line = tool.err.await("the address", told -> told.contains("SCTP packets go to "));
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    /** Over loopback nothing is lost. */
    private static byte[] pass(byte[] packet, DatagramSocket from, InetSocketAddress tool, DatagramSocket to)
            throws IOException {
        from.send(new DatagramPacket(packet, packet.length, tool));
        DatagramPacket received = new DatagramPacket(new byte[2_000], 2_000);
        to.receive(received);
        return Arrays.copyOf(received.getData(), received.getLength());
    }
}
