package io.github.purrtc.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.purrtc.benchmarks.stack.Channel;
import io.github.purrtc.benchmarks.stack.Peer;
import io.github.purrtc.benchmarks.stack.SignalledCandidate;
import io.github.purrtc.benchmarks.stack.Stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** One end of a connection to another process: a line of JSON on the input or the output for each thing that is said. */
final class Signalling implements Peer.Listener {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrintStream out;
    private final Part part;
    private final CandidateGate gate = new CandidateGate();
    private final Peer peer;

    Signalling(Stack stack, Part part, PrintStream out) {
        this.part = part;
        this.out = out;
        print(event("version").put("version", stack.version()));
        peer = stack.newPeer(this);
    }

    /** Until the other end says bye or nothing more. */
    void run(boolean offers, boolean unreliable, BufferedReader in) throws IOException {
        if (offers) {
            part.labels().forEach(label -> onChannel(peer.createChannel(label, unreliable)));
            peer.offer().thenAccept(sdp -> say("offer", sdp)).exceptionally(this::giveUp);
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode said = line.isBlank() ? MAPPER.createObjectNode() : MAPPER.readTree(line);
            if (said.path("type").asText().equals("bye")) {
                break;
            }
            hear(said);
        }
        peer.close();
    }

    private void hear(JsonNode said) {
        String sdp = said.path("sdp").asText();
        switch (said.path("type").asText()) {
            case "offer" ->
                peer.answer(sdp)
                        .thenAccept(answer -> {
                            say("answer", answer);
                            gate.open(peer);
                        })
                        .exceptionally(this::giveUp);
            case "answer" ->
                peer.acceptAnswer(sdp).thenRun(() -> gate.open(peer)).exceptionally(this::giveUp);
            default -> {
                if (said.hasNonNull("candidate")) {
                    gate.add(new SignalledCandidate(
                            said.path("candidate").asText(), said.path("sdpMid").asText("0")));
                }
            }
        }
    }

    @Override
    public void onCandidate(SignalledCandidate candidate) {
        print(new Line().put("candidate", candidate.candidate()).put("sdpMid", candidate.sdpMid()));
    }

    @Override
    public void onChannel(Channel channel) {
        part.prepare(channel);
        channel.opened().thenRun(() -> {
            print(event("open"));
            Thread thread = new Thread(() -> play(channel), "part " + channel.label());
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void play(Channel channel) {
        try {
            part.play(channel, this::print);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            giveUp(e);
        }
    }

    static Line event(String name) {
        return new Line().put("event", name);
    }

    private void say(String type, String sdp) {
        print(new Line().put("type", type).put("sdp", sdp));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    private <T> T giveUp(Throwable e) {
        print(event("error").put("error", e.toString()));
        throw new IllegalStateException("gave up", e);
    }

    private void print(Line line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
