package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The program's entry. */
@Command(
        name = "purrtc-interop",
        description = {
            "Tries this library with Chromium, Firefox, libdatachannel, werift and itself, and writes the page about it.",
            "",
            "The results of each peer are kept in the folder of results; the page has them all, those of earlier runs too."
        },
        mixinStandardHelpOptions = true)
public final class Interop implements Callable<Integer> {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Option(names = "--peers", split = ",", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private List<Kind> kinds = List.of(Kind.values());

    @Option(names = "--cases", split = ",", description = "Only these; the page is not written then.")
    private List<String> names = List.of();

    @Option(names = "--short", description = "Less data, less time, as in each build.")
    private boolean isShort;

    @Option(
            names = "--peers-folder",
            defaultValue = "interop/peers",
            description = "Where their programs are (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("interop", "peers");

    @Option(
            names = "--results",
            defaultValue = "interop/target/results",
            description = "The folder of results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("interop", "target", "results");

    @Option(names = "--out", description = "The page to be written.")
    private Optional<Path> out = Optional.empty();

    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("agent")) {
            agent();
            return;
        }
        System.exit(new CommandLine(new Interop())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    /** This library as the other peer. */
    private static void agent() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Agent agent = new Agent(Interop::print)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                agent.hear(Json.read(line));
            }
        }
        System.exit(0);
    }

    private static synchronized void print(ObjectNode line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Case> cases = Run.cases().stream()
                .filter(next -> names.isEmpty() || names.contains(next.name()))
                .toList();
        Progress progress = new Progress(kinds.size() * cases.size() * Bench.Role.values().length);
        boolean allWell = true;
        for (Kind kind : kinds) {
            Optional<String> missing = kind.missing(folder);
            if (missing.isPresent()) {
                progress.tell(kind.title() + ": " + missing.orElseThrow());
                allWell = false;
                continue;
            }
            allWell &= run(kind, cases, progress);
            // Already here: a run that is broken off leaves what it has found.
            if (out.isPresent()) {
                Files.writeString(out.orElseThrow(), Page.write(stored()));
            }
        }
        progress.end();
        return allWell ? 0 : 1;
    }

    private boolean run(Kind kind, List<Case> cases, Progress progress) throws IOException, InterruptedException {
        PeerResults found;
        try {
            found = tried(kind, cases, progress);
        } catch (IOException e) {
            progress.tell(kind.title() + " did not start: " + e.getMessage());
            return false;
        }
        if (names.isEmpty()) {
            Files.createDirectories(results);
            MAPPER.writerWithDefaultPrettyPrinter().writeValue(file(kind).toFile(), found);
        }
        return found.results().stream().noneMatch(result -> result.outcome() == Outcome.FAILS);
    }

    private PeerResults tried(Kind kind, List<Case> cases, Progress progress) throws IOException, InterruptedException {
        return new Run(kind, folder, isShort ? Scale.SHORT : Scale.FULL)
                .run(cases, (next, role) -> progress.show(kind, next, role), result -> {
                    if (result.outcome() != Outcome.WORKS || !names.isEmpty()) {
                        progress.tell(kind.title() + ", " + result.name() + ", "
                                + result.role().name().toLowerCase(Locale.ROOT) + ": " + result.outcome().sign + " "
                                + result.detail());
                    }
                });
    }

    private List<PeerResults> stored() throws IOException {
        List<PeerResults> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (Files.exists(file(kind))) {
                all.add(MAPPER.readValue(file(kind).toFile(), PeerResults.class));
            }
        }
        return all;
    }

    private Path file(Kind kind) {
        return results.resolve(kind.name().toLowerCase(Locale.ROOT) + ".json");
    }
}
