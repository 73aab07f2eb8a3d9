package io.github.purrtc.examples;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools with rawrtc's own of the same name, where there are some: {@code -Dpurrtc.rawrtc=DIRECTORY} says where they were built
 * (rawrtc's {@code build/tools}).
 */
@Timeout(180)
class RawrtcTest {
    private static final String DIRECTORY = System.getProperty("purrtc.rawrtc", "");

    /** Which role ours has. */
    enum Ours {
        CONTROLLED,
        CONTROLLING;

        String role() {
            return this == CONTROLLING ? "1" : "0";
        }

        String otherRole() {
            return this == CONTROLLING ? "0" : "1";
        }
    }

    @BeforeEach
    void requireRawrtc() {
        Assumptions.assumeFalse(DIRECTORY.isEmpty(), "Skipped: no rawrtc (-Dpurrtc.rawrtc=DIRECTORY)");
    }

    private static Tool rawrtc(String tool, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(DIRECTORY, tool).toString()));
        command.addAll(List.of(arguments));
        return Tool.ofProgram(command);
    }

    private static void join(Tool ours, Tool theirs) throws Exception {
        String parameters = line(ours);
        ours.type(line(theirs));
        theirs.type(parameters);
    }

    private static String line(Tool tool) throws InterruptedException {
        return tool.out.await("a line of JSON", line -> line.startsWith("{\""));
    }

    private static void awaitTold(Tool.Lines lines, String text) throws InterruptedException {
        lines.await("\"" + text + "\"", line -> line.contains(text));
    }

    @ParameterizedTest
    @EnumSource
    void exchangeNoises(Ours ours) throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp", ours.role());
                Tool other = rawrtc("data-channel-sctp", ours.otherRole(), "6000")) {
            join(tool, other);
            awaitTold(tool.err, "Incoming message for data channel cat-noises: 8192 bytes");
            awaitTold(other.out, "Incoming message for data channel cat-noises: 8192 bytes");
            if (ours == Ours.CONTROLLED) {
                awaitTold(other.out, "message of 16777216 bytes has been discarded");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rawrtcEchoes(Ours ours) throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp", ours.role());
                Tool other = rawrtc("data-channel-sctp-echo", ours.otherRole())) {
            join(tool, other);
            if (ours == Ours.CONTROLLED) {
                awaitTold(other.out, "Incoming message for data channel bear-noises: 16777216 bytes");
            } else {
                awaitTold(tool.err, "SCTP transport state change: connected");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesComeInParts(Ours ours) throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp-streamed", ours.role(), "--message-size", "1000000");
                Tool other = rawrtc("data-channel-sctp-streamed", ours.otherRole())) {
            join(tool, other);
            awaitTold(tool.err, "Incoming message for data channel cat-noises: 8192 bytes in ");
            awaitTold(other.out, "Incoming message for data channel cat-noises: 8192 bytes");
            if (ours == Ours.CONTROLLED) {
                awaitTold(tool.err, "1000000 bytes on bear-noises are acknowledged");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void throughputIsMeasured(Ours ours) throws Exception {
        try (Tool tool = Tool.start("data-channel-sctp-throughput", ours.role(), "3000000", "2");
                Tool other = rawrtc("data-channel-sctp-throughput", ours.otherRole(), "3000000", "2")) {
            join(tool, other);
            if (ours == Ours.CONTROLLING) {
                awaitTold(tool.err, "Acknowledged after ");
                awaitTold(other.out, "Completed throughput test after ");
            } else {
                awaitTold(tool.err, "Completed throughput test after ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void offerAndAnswer(Ours ours) throws Exception {
        try (Tool tool = Tool.start("peer-connection", ours.role());
                Tool other = rawrtc("peer-connection", ours.otherRole())) {
            Tool offering = ours == Ours.CONTROLLING ? tool : other;
            Tool answering = ours == Ours.CONTROLLING ? other : tool;
            answering.type(line(offering));
            offering.type(line(answering));
            for (Tool.Lines end : new Tool.Lines[] {tool.err, other.out}) {
                awaitTold(end, "Peer connection state change: connected");
                awaitTold(end, "Incoming message for data channel cat-noises: 8192 bytes");
            }
        }
    }
}
