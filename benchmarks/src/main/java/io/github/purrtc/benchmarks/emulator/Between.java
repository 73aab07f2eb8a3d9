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

    private Between(CandidateRewriter rewriter) {
        this.rewriter = rewriter;
    }

    /** Until one of them ends, or has told its result. What they say beside signalling is printed. */
    static int run(List<String> commands, Relay relay) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Child a = Child.start(arguments(commands.get(0)));
                Child z = Child.start(arguments(commands.get(1)))) {
            Between between = new Between(new CandidateRewriter(relay));
            a.onEnd(ended::countDown);
            z.onEnd(ended::countDown);
            Thread fromA = a.read(line -> between.carry(End.A, line, z, ended));
            Thread fromZ = z.read(line -> between.carry(End.Z, line, a, ended));
            ended.await();
            a.say(BYE);
            z.say(BYE);
            if (a.awaitEnd() && z.awaitEnd()) {
                fromA.join();
                fromZ.join();
            }
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("event", "relay");
        System.out.println(report.setAll(relay.report()));
        return 0;
    }

    private static List<String> arguments(String command) {
        return List.of(SPACES.split(command.strip()));
    }

    private void carry(End from, JsonNode line, Child other, CountDownLatch ended) {
        if (line.has("event")) {
            System.out.println(from + " " + line);
            if (line.path("event").asText().equals("result")) {
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
