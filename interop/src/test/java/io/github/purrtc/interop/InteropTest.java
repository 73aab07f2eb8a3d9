package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** The matrix in its short form. The peers' runs overlap, as much of them is waiting. */
class InteropTest {
    private static final Path FOLDER = Path.of("peers");
    private static final int AT_ONCE = 3;
    private static final long LIMIT_MINUTES = 9;

    @TestFactory
    List<DynamicNode> matrix() {
        ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "matrix");
            thread.setDaemon(true);
            return thread;
        });
        List<DynamicNode> peers =
                Arrays.stream(Kind.values()).map(kind -> peer(kind, runs)).toList();
        runs.shutdown();
        return peers;
    }

    private static DynamicNode peer(Kind kind, ExecutorService runs) {
        Optional<String> missing = kind.missing(FOLDER);
        if (missing.isPresent()) {
            return DynamicTest.dynamicTest(kind.title(), () -> skip(missing.orElseThrow()));
        }
        CompletableFuture<PeerResults> run = CompletableFuture.supplyAsync(() -> run(kind), runs);
        return DynamicContainer.dynamicContainer(
                kind.title(),
                Run.cases().stream()
                        .flatMap(next -> Stream.of(Role.values())
                                .map(role -> DynamicTest.dynamicTest(
                                        next.title() + ", we " + (role == Role.OFFERING ? "offer" : "answer"),
                                        () -> check(run, next, role)))));
    }

    private static void skip(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        Assumptions.abort("Skipped: " + reason);
    }

    private static PeerResults run(Kind kind) {
        try {
            return new Run(kind, FOLDER, Scale.SHORT).run(Run.cases(), (next, role) -> {}, result -> {});
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(kind.title() + ": " + e.getMessage(), e);
        }
    }

    private static void check(CompletableFuture<PeerResults> run, Case next, Role role)
            throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        Result result =
                run.get(LIMIT_MINUTES, TimeUnit.MINUTES).result(next, role).orElseThrow();
        if (result.outcome() == Outcome.CANNOT) {
            Assumptions.abort("The peer cannot: " + result.detail());
        }
        if (result.outcome() == Outcome.WORKS_AGAIN) {
            System.err.println(run.join().kind().title() + ", " + next.name() + ": " + result.detail());
        }
        assertNotEquals(Outcome.FAILS, result.outcome(), result.detail());
    }
}
