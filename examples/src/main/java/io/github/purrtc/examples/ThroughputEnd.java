package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.sctp.CongestionAlgorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.ExecutionException;

/** One of two programs that measure how fast messages go between them: rawrtc's arguments. */
final class ThroughputEnd {
    private static final String NAME = "A";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "0|1",
            converter = IceRoles.class,
            description = "The ICE role: 1 controls and sends, 0 receives.")
    private @Nullable IceRole role;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MESSAGE-SIZE",
            description = "The size of each message, in bytes.")
    private long messageSize;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "TIMES",
            defaultValue = "1",
            description = "How many messages (default: ${DEFAULT-VALUE}).")
    private int times;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "SCTP-PORT",
            defaultValue = "5000",
            description = "The SCTP port on this side (default: ${DEFAULT-VALUE}).")
    private int sctpPort;

    @Parameters(
            index = "4",
            arity = "0..1",
            paramLabel = "BUFFER-LENGTH",
            defaultValue = "0",
            description =
                    "Bytes of the receive window and of the send buffer, at least 65536; 0: the library's (default: 0).")
    private int bufferLength;

    @Parameters(
            index = "5",
            arity = "0..1",
            paramLabel = "CONGESTION",
            defaultValue = "rfc2581",
            converter = Congestion.class,
            completionCandidates = Congestion.class,
            description =
                    "How the congestion window grows: rfc2581 or ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private CongestionAlgorithm congestion = CongestionAlgorithm.NEW_RENO;

    @Parameters(
            index = "6",
            arity = "0..1",
            paramLabel = "MTU",
            defaultValue = "0",
            description = "The size of UDP datagrams, 600 to 16421; 0: as large as the path carries (default: 0).")
    private int mtu;

    @Parameters(
            index = "7..*",
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = CandidateTypes.DESCRIPTION)
    private @Nullable List<CandidateType> types;

    @Mixin
    private GatherArguments gathering = new GatherArguments();

    /** Whether the command line asks for this: it names a role. */
    boolean isChosen() {
        return role != null;
    }

    int run() throws InterruptedException, ExecutionException {
        IceRole ours = role == null ? IceRole.CONTROLLED : role;
        Range.require("MESSAGE-SIZE", messageSize, 1, Long.MAX_VALUE);
        Range.require("TIMES", times, 1, Integer.MAX_VALUE);
        if (bufferLength != 0) {
            Range.require("BUFFER-LENGTH", bufferLength, 65_536, Integer.MAX_VALUE);
        }
        if (mtu != 0) {
            Range.require("MTU", mtu, 600, 16_421);
        }
        PeerSettings settings = new PeerSettings(NAME, ours, gathering.options(), gathering.types(types));
        Configuration configuration = configuration();
        return PastedPeer.run(settings, (ice, dtls, narrator, exitCode) -> {
            ThroughputTool tool = new ThroughputTool(ours, messageSize, times, narrator, exitCode);
            return ChannelLayer.of(configuration, narrator, tool).apply(ice, dtls);
        });
    }

    private Configuration configuration() {
        Configuration.Builder configuration = Configuration.builder()
                .messagesOfAnySize(true)
                .congestionControl(congestion)
                .sctpPort(sctpPort);
        if (bufferLength != 0) {
            configuration
                    .receiveWindow(bufferLength)
                    .sendBufferLimit(bufferLength)
                    .maxMessageSize(Math.min(bufferLength, Configuration.DEFAULT.maxMessageSize()));
        }
        if (mtu != 0) {
            configuration.maxDatagramSize(mtu).pathMtuDiscovery(false);
        }
        return configuration.build();
    }
}
