package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.ice.CandidateType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** {@code purrtc peer-connection}. */
@Command(
        name = "peer-connection",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Connects two programs whose descriptions you carry from one to the other by copy and paste.",
            "",
            "Start one with 1 (it offers) and the other with 0 (it answers). A description is one line of JSON: "
                    + "paste the offer into the answering side and the answer into the offering side. Both have the "
                    + "pre-negotiated channel cat-noises; once connected, the offering side opens bear-noises and the "
                    + "answering side lion-noises. Test data goes over each of them.",
            "",
            "Descriptions are written to standard output and read from standard input, the story goes to standard "
                    + "error. An empty line or Ctrl-C ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc peer-connection 1               offer, use every candidate",
            "  purrtc peer-connection 0 host          answer, use host candidates only",
            "  purrtc peer-connection 1 host prflx    … and those that are found on the way"
        })
final class PeerConnectionCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "0|1", converter = RoleConverter.class, description = "1 offers, 0 answers.")
    private CopyAndPastePeer.Role role = CopyAndPastePeer.Role.ANSWERING;

    @Parameters(
            index = "1..*",
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = CandidateTypes.DESCRIPTION)
    private @Nullable List<CandidateType> types;

    @Mixin
    private DialectOption sdp = new DialectOption();

    @Mixin
    private IceArguments ice = new IceArguments();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Configuration configuration = ice.configuration()
                .sdpDialect(sdp.dialect())
                .candidateTypes(CandidateTypes.orAll(types))
                .build();
        try (Story story = Story.onStandardError();
                CopyAndPastePeer peer =
                        new CopyAndPastePeer(role, configuration, story, PeerConnectionCommand::print)) {
            return run(peer, story);
        }
    }

    private static int run(CopyAndPastePeer peer, Story story) throws InterruptedException, ExecutionException {
        try (CtrlC ctrlC = CtrlC.ends(peer::close, () -> story.tell("Good-bye"), story::close)) {
            peer.start(LineInput.standard());
            return ctrlC.awaitOr(peer.exitCode());
        }
    }

    private static void print(String description) {
        System.out.println(description);
    }

    /** 0 or 1. */
    static final class RoleConverter implements ITypeConverter<CopyAndPastePeer.Role> {
        @Override
        public CopyAndPastePeer.Role convert(String digit) {
            return Arrays.stream(CopyAndPastePeer.Role.values())
                    .filter(role -> role.digit().equals(digit))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + digit + "' is neither 0 nor 1"));
        }
    }
}
