package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.process.Child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Two processes that signal through this one, with the relay's addresses in place of their own. */
final class Between {
    private static final String BYE = "{\"type\":\"bye\"}";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final CandidateRewriter rewriter;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean hasResult;

    private Between(CandidateRewriter rewriter) {
        this.rewriter = rewriter;
    }

    /**
     * Until one of them ends, or has told its result. What they say beside signalling is printed.
     *
     * @return the exit code: 1 if there is no result and one of them failed
     */
    static int run(List<String> commands, Relay relay) throws IOException, InterruptedException {
        Between between = new Between(new CandidateRewriter(relay));
        boolean hasFailed;
        try (Child a = start(commands.get(0));
                Child z = start(commands.get(1))) {
            a.onEnd(between.ended::countDown);
            z.onEnd(between.ended::countDown);
            Thread fromA = a.read(line -> between.carry(End.A, line, z));
            Thread fromZ = z.read(line -> between.carry(End.Z, line, a));
            between.ended.await();
            a.say(BYE);
            z.say(BYE);
            if (a.awaitEnd() && z.awaitEnd()) {
                fromA.join();
                fromZ.join();
            }
            hasFailed = a.hasFailed() || z.hasFailed();
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("event", "relay");
        System.out.println(report.setAll(relay.report()));
        return hasFailed && !between.hasResult ? 1 : 0;
    }

    private static Child start(String command) {
        try {
            return Child.start(List.of(SPACES.split(command.strip())));
        } catch (IOException e) {
            throw new IllegalArgumentException("--between: " + e.getMessage(), e);
        }
    }

    private void carry(End from, JsonNode line, Child other) {
        if (line.has("event")) {
            System.out.println(from + " " + line);
            if (line.path("event").asText().equals("result")) {
                hasResult = true;
                ended.countDown();
            }
            return;
        }
        try {
            if (rewriter.line(from, (ObjectNode) line)) {
                other.say(line.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
