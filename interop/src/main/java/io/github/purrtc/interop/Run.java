package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All cases with one peer. */
final class Run {
    private static final Duration FOR_WHAT_DOES_NOT_COME = Duration.ofSeconds(8);

    private final Kind kind;
    private final Path folder;
    private final Scale scale;

    Run(Kind kind, Path folder, Scale scale) {
        this.kind = kind;
        this.folder = folder;
        this.scale = scale;
    }

    static List<Case> cases() {
        return Stream.of(DescriptionCases.all(), ChannelCases.all(), MessageCases.all(), LifeCases.all())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * @param begins told of each one that begins
     * @param ends told what came of it
     */
    PeerResults run(List<Case> cases, BiConsumer<Case, Role> begins, Consumer<Result> ends)
            throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        try (Bench bench = new Bench(kind, folder, scale)) {
            String version = bench.version();
            for (Case next : cases) {
                for (Role role : Role.values()) {
                    begins.accept(next, role);
                    Result result = runTwice(bench, next, role);
                    ends.accept(result);
                    results.add(result);
                }
            }
            return new PeerResults(
                    kind, version, scale, LocalDate.now(ZoneOffset.UTC).toString(), results);
        }
    }

    /** One failure on a loaded machine is no verdict, but it is kept. */
    private static Result runTwice(Bench bench, Case next, Role role) throws InterruptedException {
        Result first = run(bench, next, role);
        if (first.outcome() != Outcome.FAILS) {
            return first;
        }
        Result second = run(bench, next, role);
        Outcome outcome = second.outcome() == Outcome.WORKS ? Outcome.WORKS_AGAIN : second.outcome();
        return new Result(
                next.name(), role, outcome, second.detail() + "; the first time it failed: " + first.detail());
    }

    private static Result run(Bench bench, Case next, Role role) throws InterruptedException {
        bench.take(role, Limit.isKnown(bench.kind(), next) ? FOR_WHAT_DOES_NOT_COME : Peer.LIMIT);
        try {
            return new Result(next.name(), role, Outcome.WORKS, next.check().run(bench));
        } catch (CannotException e) {
            return new Result(next.name(), role, Outcome.CANNOT, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            bench.endThem();
            String message = String.valueOf(e.getMessage());
            return Limit.evidence(bench.kind(), next, message)
                    .map(evidence -> new Result(
                            next.name(), role, Outcome.CANNOT, evidence + " (" + message.replaceFirst(";.*", "") + ")"))
                    .orElseGet(() -> new Result(next.name(), role, Outcome.FAILS, message));
        }
    }
}
