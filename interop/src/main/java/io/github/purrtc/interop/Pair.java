package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.emulator.CandidateRewriter;
import io.github.purrtc.benchmarks.emulator.End;
import io.github.purrtc.benchmarks.emulator.Relay;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two peers that are connected, or about to be, and their signalling. */
final class Pair {
    private static final Pattern CANDIDATE_LINE = Pattern.compile("a=(candidate:.*|end-of-candidates)\r?\n");
    private static final Pattern MAX_MESSAGE_SIZE = Pattern.compile("a=max-message-size:(\\d+)");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----.*?-----END \\1-----\n?", Pattern.DOTALL);

    /** What a stack loads before it has its first connection takes a loaded machine a while. */
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(60);

    private final Peer offerer;
    private final Peer answerer;
    private final Setup setup;
    private final @Nullable CandidateRewriter rewriter;
    private final Map<Peer, String> descriptions = new ConcurrentHashMap<>();
    private final Map<Peer, String> firstCandidates = new ConcurrentHashMap<>();

    private Pair(Peer offerer, Peer answerer, Setup setup) {
        this.offerer = offerer;
        this.answerer = answerer;
        this.setup = setup;
        Relay relay = setup.relay();
        rewriter = relay == null ? null : new CandidateRewriter(relay);
    }

    /**
     * New connections on both sides, and a channel to begin with.
     *
     * @param agreed ids of channels that both sides make
     */
    static Connected connect(Peer offerer, Peer answerer, Setup setup, int... agreed)
            throws IOException, InterruptedException {
        Pair pair = new Pair(offerer, answerer, setup);
        for (Peer peer : new Peer[] {offerer, answerer}) {
            peer.forget();
            Peer.get(peer.start("connect", pair.options()), FIRST_LIMIT, peer.name() + " to connect");
        }
        JsonNode near = offerer.ask("channel", "label", "first");
        List<Wire> wires = new ArrayList<>();
        for (int id : agreed) {
            wires.add(pair.make(id));
        }
        pair.negotiate(offerer, false);
        for (Wire wire : wires) {
            wire.awaitOpen();
        }
        return new Connected(pair, pair.accepted(offerer, near), wires);
    }

    /**
     * @param first the channel that was there from the beginning
     * @param agreed those of both sides
     */
    record Connected(Pair pair, Wire first, List<Wire> agreed) {}

    private @Nullable Object[] options() {
        if (setup.certificate().isEmpty()) {
            return new @Nullable Object[] {"old", setup.old()};
        }
        ObjectNode pem = Json.of();
        DtlsCertificate made = DtlsCertificate.generate(
                setup.certificate().equals("rsa") ? KeyAlgorithm.RSA_2048 : KeyAlgorithm.ECDSA_P256);
        Matcher blocks = PEM.matcher(made.toPem());
        while (blocks.find()) {
            pem.put(blocks.group(1).equals("CERTIFICATE") ? "certificate" : "key", blocks.group());
        }
        return new @Nullable Object[] {"old", setup.old(), "certificate", setup.certificate(), "pem", pem};
    }

    /** @param by who offers this time */
    void negotiate(Peer by, boolean restart) throws IOException, InterruptedException {
        Peer other = other(by);
        Gate toOther = new Gate(by, other);
        Gate toBy = new Gate(other, by);
        by.onCandidate(toOther::add);
        other.onCandidate(toBy::add);
        String offer = by.ask("offer", "restart", restart).path("sdp").asText();
        String answer =
                other.ask("answer", "sdp", signalled(by, offer)).path("sdp").asText();
        toOther.open();
        by.ask("accept", "sdp", signalled(other, answer));
        toBy.open();
    }

    private String signalled(Peer owner, String sdp) throws IOException, InterruptedException {
        descriptions.put(owner, sdp);
        if (setup.trickle()) {
            return CANDIDATE_LINE.matcher(sdp).replaceAll("");
        }
        owner.await("gathered", line -> true);
        String whole = owner.ask("description").path("sdp").asText();
        if (!CANDIDATE_LINE.matcher(whole).find()) {
            throw new IOException(owner.name() + " has gathered, but its description has no candidate");
        }
        return rewriter == null ? whole : rewriter.description(end(owner), whole);
    }

    /** Keeps one side's candidates until the other side has the description that they belong to. */
    private final class Gate {
        private final Peer from;
        private final Peer to;
        private final List<JsonNode> waiting = new ArrayList<>();
        private boolean open;

        Gate(Peer from, Peer to) {
            this.from = from;
            this.to = to;
        }

        synchronized void add(JsonNode candidate) {
            firstCandidates.putIfAbsent(from, candidate.path("candidate").asText());
            if (!setup.trickle()) {
                return;
            }
            if (open) {
                pass(candidate);
            } else {
                waiting.add(candidate);
            }
        }

        synchronized void open() {
            open = true;
            waiting.forEach(this::pass);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // One that is refused is missed where it matters.
        private void pass(JsonNode candidate) {
            try {
                String text = candidate.path("candidate").asText();
                CandidateRewriter through = rewriter;
                String signalled = through == null ? text : through.candidate(end(from), text);
                if (signalled != null) {
                    to.start(
                            "candidate",
                            "candidate",
                            signalled,
                            "sdpMid",
                            candidate.path("sdpMid").asText("0"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private End end(Peer peer) {
        return peer == offerer ? End.A : End.Z;
    }

    Peer other(Peer peer) {
        return peer == offerer ? answerer : offerer;
    }

    Peer offerer() {
        return offerer;
    }

    /** What the peer described itself with the last time. */
    String description(Peer of) {
        return descriptions.getOrDefault(of, "");
    }

    String firstCandidate(Peer of) {
        return firstCandidates.getOrDefault(of, "");
    }

    /** What it announces (RFC 8841 §6): 0 for no limit, 65,536 where it says nothing. */
    long maxMessageSize(Peer of) {
        Matcher size = MAX_MESSAGE_SIZE.matcher(description(of));
        return size.find() ? Long.parseLong(size.group(1)) : 65_536;
    }

    /** A further channel, open on both sides. */
    Wire open(Peer by, @Nullable Object... options) throws IOException, InterruptedException {
        return accepted(by, by.ask("channel", options));
    }

    /** A channel that both sides make, open on both. */
    Wire openAgreed(int id) throws IOException, InterruptedException {
        Wire wire = make(id);
        wire.awaitOpen();
        return wire;
    }

    private Wire make(int id) throws IOException, InterruptedException {
        return new Wire(offerer, make(offerer, id), answerer, make(answerer, id), Json.of("id", id), Json.of("id", id));
    }

    private static int make(Peer peer, int id) throws IOException, InterruptedException {
        return peer.ask("channel", "label", "negotiated " + id, "negotiated", true, "id", id)
                .path("channel")
                .asInt();
    }

    private Wire accepted(Peer by, JsonNode near) throws IOException, InterruptedException {
        Peer other = other(by);
        String label = near.path("label").asText();
        JsonNode far =
                other.await("channel", line -> line.path("label").asText().equals(label));
        JsonNode opened = Wire.awaitOpen(by, near.path("channel").asInt());
        if (!far.path("readyState").asText().equals("open")) {
            Wire.awaitOpen(other, far.path("channel").asInt());
        }
        return new Wire(
                by, near.path("channel").asInt(), other, far.path("channel").asInt(), opened, far);
    }
}
