package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceTransportPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the tools without {@code PeerConnection} have in common: how candidates are gathered. */
final class GatherArguments {
    /** ORTC's {@code RTCIceGatherPolicy}. */
    enum Policy {
        ALL,
        NO_HOST,
        RELAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Mixin
    private IceArguments ice = new IceArguments();

    @Option(
            names = "--policy",
            paramLabel = "all|no-host|relay",
            defaultValue = "all",
            converter = PolicyConverter.class,
            description = "Which candidates may be used at all (default: ${DEFAULT-VALUE}).")
    private Policy policy = Policy.ALL;

    @Option(
            names = "--udp-ports",
            paramLabel = "LEAST-MOST",
            converter = PortRange.Converter.class,
            description = "The range for the ports of host candidates.")
    private @Nullable PortRange ports;

    /** @throws IllegalArgumentException if a URL is none, or a TURN server comes without its password */
    IceGatherOptions options() {
        IceGatherOptions.Builder options = IceGatherOptions.builder()
                .includeLoopback(ice.includesLoopback())
                .transportPolicy(policy == Policy.RELAY ? IceTransportPolicy.RELAY : IceTransportPolicy.ALL)
                .iceServers(ice.servers());
        if (ports != null) {
            options.portRange(ports.least(), ports.most());
        }
        return options.build();
    }

    /** The types that were asked for, all if none were, of those that the policy lets through. */
    Set<CandidateType> types(@Nullable List<CandidateType> chosen) {
        Set<CandidateType> types = CandidateTypes.orAll(chosen);
        if (policy == Policy.NO_HOST) {
            types.remove(CandidateType.HOST);
        }
        return types;
    }

    /** The word in lower case. */
    static final class PolicyConverter implements ITypeConverter<Policy> {
        @Override
        public Policy convert(String word) {
            for (Policy value : Policy.values()) {
                if (value.toString().equals(word)) {
                    return value;
                }
            }
            throw new TypeConversionException("'" + word + "' is none of all, no-host, relay");
        }
    }

    /** Two ports with a dash. */
    record PortRange(int least, int most) {
        static final class Converter implements ITypeConverter<PortRange> {
            @Override
            public PortRange convert(String text) {
                if (!text.matches("\\d{1,5}-\\d{1,5}")) {
                    throw new TypeConversionException("'" + text + "' is not LEAST-MOST");
                }
                int dash = text.indexOf('-');
                return new PortRange(
                        Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
            }
        }
    }
}
