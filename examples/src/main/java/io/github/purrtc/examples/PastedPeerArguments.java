package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

/** What the tools have in common whose parameters people carry. */
final class PastedPeerArguments {
    private static final String NAME = "A";

    @Parameters(
            index = "0",
            paramLabel = "0|1",
            converter = IceRoles.class,
            description = "The ICE role: 1 controls, 0 is controlled. One end each.")
    private IceRole role = IceRole.CONTROLLED;

    @Mixin
    private GatherArguments gathering = new GatherArguments();

    /**
     * How this end connects.
     *
     * @param types the candidates to use, all if there are none
     * @throws IllegalArgumentException if the arguments do not fit together
     */
    PeerSettings settings(@Nullable List<CandidateType> types) {
        return new PeerSettings(NAME, role, gathering.options(), gathering.types(types));
    }
}
