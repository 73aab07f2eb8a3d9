package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the relay's addresses in the place of the candidates', so that the peers reach each other through it alone. */
public final class CandidateRewriter {
    // RFC 8839 §5.1: foundation, component, transport, priority, address, port.
    private static final Pattern CANDIDATE =
            Pattern.compile("^((?:a=)?candidate:\\S+ \\d+ udp \\d+ )(\\S+) (\\d+)( typ .*)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINE_END = Pattern.compile("\r?\n");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final Relay relay;

    public CandidateRewriter(Relay relay) {
        this.relay = relay;
    }

    public Relay relay() {
        return relay;
    }

    /**
     * The candidate as the other end shall know it; null for one that the relay cannot stand for, which the other end must not
     * know: TCP, and names.
     *
     * @param owner whose candidate it is
     */
    public @Nullable String candidate(End owner, String candidate) throws IOException {
        Matcher parts = CANDIDATE.matcher(candidate);
        if (!parts.matches() || !NUMERIC.matcher(parts.group(2)).matches()) {
            return null;
        }
        InetSocketAddress target =
                new InetSocketAddress(InetAddress.getByName(parts.group(2)), Integer.parseInt(parts.group(3)));
        InetSocketAddress front = relay.standFor(owner, target);
        // RFC 5952: werift compares addresses as texts.
        return parts.group(1) + NetUtil.toAddressString(front.getAddress()) + " " + front.getPort() + parts.group(4);
    }

    /** The description as the other end shall know it. */
    public String description(End owner, String sdp) throws IOException {
        StringJoiner lines = new StringJoiner("\r\n");
        for (String line : LINE_END.split(sdp, -1)) {
            String rewritten = line.startsWith("a=candidate:") ? candidate(owner, line) : line;
            if (rewritten != null) {
                lines.add(rewritten);
            }
        }
        return lines.toString();
    }

    /** Changes what one end says to the other; false for what the other end must not hear. */
    public boolean line(End from, ObjectNode line) throws IOException {
        if (line.hasNonNull("sdp")) {
            line.put("sdp", description(from, line.path("sdp").asText()));
        }
        String candidate = line.path("candidate").asText("");
        if (!candidate.isEmpty() && line.hasNonNull("candidate")) {
            String rewritten = candidate(from, candidate);
            line.put("candidate", rewritten);
            return rewritten != null;
        }
        return true;
    }
}
