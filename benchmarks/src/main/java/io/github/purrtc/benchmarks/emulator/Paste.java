package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What two peers say to each other, carried by a person: each line is printed as the other peer is to hear it. */
final class Paste {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern USERNAME_FRAGMENT = Pattern.compile("a=ice-ufrag:(\\S+)");
    private static final Pattern OF_A_CANDIDATE = Pattern.compile(" ufrag (\\S+)");

    private final CandidateRewriter rewriter;
    private final PrintStream out;
    private final PrintStream story;
    private final Map<String, End> ownersByFragment = new HashMap<>();

    Paste(Relay relay, PrintStream out, PrintStream story) {
        rewriter = new CandidateRewriter(relay);
        this.out = out;
        this.story = story;
    }

    /** Reads on a thread of its own, until an empty line or the end of the input. */
    void start(BufferedReader input, CountDownLatch ended) {
        story.println("Paste what one peer says, and what is printed then into the other");
        Thread reader = new Thread(() -> read(input, ended), "input");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader input, CountDownLatch ended) {
        try {
            for (String line = input.readLine(); line != null && !line.isBlank(); line = input.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            story.println("The input cannot be read: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private void take(String text) {
        try {
            if (!(MAPPER.readTree(text) instanceof ObjectNode line)) {
                story.println("Not a JSON object");
                return;
            }
            End from = owner(line);
            if (from == null) {
                story.println("No description, and no candidate of a peer whose description was pasted");
            } else if (rewriter.line(from, line)) {
                out.println(line);
                story.println("That is for the peer that " + (from == End.A ? "answers" : "offers"));
            } else {
                story.println("That the other peer must not hear: the relay cannot stand for it");
            }
        } catch (IOException e) {
            story.println("Not understood: " + e.getMessage());
        }
    }

    private @Nullable End owner(JsonNode line) {
        Matcher fragment = USERNAME_FRAGMENT.matcher(line.path("sdp").asText(""));
        if (fragment.find()) {
            End owner = line.path("type").asText().equals("offer") ? End.A : End.Z;
            ownersByFragment.put(fragment.group(1), owner);
            return owner;
        }
        String known = line.path("usernameFragment").asText("");
        if (known.isEmpty()) {
            Matcher extension = OF_A_CANDIDATE.matcher(line.path("candidate").asText(""));
            known = extension.find() ? extension.group(1) : "";
        }
        return ownersByFragment.get(known);
    }
}
