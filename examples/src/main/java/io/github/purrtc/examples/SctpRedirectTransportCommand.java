package io.github.purrtc.examples;

import io.github.purrtc.SctpParameters;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.ice.CandidateType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** {@code purrtc sctp-redirect-transport}. */
@Command(
        name = "sctp-redirect-transport",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "ICE and DTLS without SCTP: its packets go to a UDP address, where another program has the association.",
            "",
            "Each SCTP packet that comes out of DTLS is sent to REDIRECT-IP:REDIRECT-PORT as one UDP datagram (as RFC 6951 "
                    + "has it), as it is; each datagram from there goes to the peer. The address that this program sends from "
                    + "is told when it starts. The peer is any of these tools, data-channel-sctp-echo say: paste the line of "
                    + "JSON that each prints into the other.",
            "",
            "Parameters are written to standard output and read from standard input, the story goes to standard error. An "
                    + "empty line or Ctrl-C ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc sctp-redirect-transport 1 127.0.0.1 9899",
            "  purrtc sctp-redirect-transport 1 127.0.0.1 9899 6000 262144 host"
        })
final class SctpRedirectTransportCommand implements Callable<Integer> {
    @Mixin
    private PastedPeerArguments peer = new PastedPeerArguments();

    @Parameters(index = "1", paramLabel = "REDIRECT-IP", description = "Where the SCTP packets go.")
    private InetAddress redirectAddress = InetAddress.getLoopbackAddress();

    @Parameters(index = "2", paramLabel = "REDIRECT-PORT", description = "The UDP port there.")
    private int redirectPort;

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "SCTP-PORT",
            defaultValue = "5000",
            description = "The SCTP port of the association there (default: ${DEFAULT-VALUE}).")
    private int sctpPort;

    @Parameters(
            index = "4",
            arity = "0..1",
            paramLabel = "MAX-MESSAGE-SIZE",
            defaultValue = "0",
            description = "The largest message that it takes, 0 for any (default: ${DEFAULT-VALUE}).")
    private long maxMessageSize;

    @Parameters(
            index = "5..*",
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = CandidateTypes.DESCRIPTION)
    private @Nullable List<CandidateType> types;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Range.require("REDIRECT-PORT", redirectPort, 1, 65_535);
        SctpParameters parameters = new SctpParameters(sctpPort, maxMessageSize);
        InetSocketAddress target = new InetSocketAddress(redirectAddress, redirectPort);
        return PastedPeer.run(
                peer.settings(types),
                (ice, dtls, narrator, exitCode) -> redirect(ice, dtls, target, parameters, narrator));
    }

    private static DataLayer redirect(
            IcePeer ice, DtlsTransport dtls, InetSocketAddress target, SctpParameters parameters, Narrator narrator) {
        try {
            return new RedirectLayer(ice, dtls, target, parameters, narrator);
        } catch (IOException e) {
            throw new UncheckedIOException("no packets can go to " + target + ": " + e.getMessage(), e);
        }
    }
}
