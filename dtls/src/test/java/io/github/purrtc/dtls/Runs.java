package io.github.purrtc.dtls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Many runs from seeds, side by side, as most of their time is waiting. */
final class Runs {
    private static final int AT_ONCE = 16;

    private Runs() {}

    /** How many, unless {@code -Dpurrtc.dtls.seeds=} says otherwise. */
    static int seeds(int usual) {
        return Integer.getInteger("purrtc.dtls.seeds", usual);
    }

    /** Runs the seeds 1 to the number; one that fails is named, and {@code -Dpurrtc.dtls.seed=} runs it alone. */
    static void of(int seeds, LongConsumer run) {
        Long only = Long.getLong("purrtc.dtls.seed");
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (long i = only == null ? 1 : only; i <= (only == null ? seeds : only); i++) {
                long seed = i;
                runs.add(threads.submit(() -> {
                    try {
                        run.accept(seed);
                    } catch (RuntimeException | AssertionError e) {
                        throw new AssertionError("-Dpurrtc.dtls.seed=" + seed, e);
                    }
                }));
            }
            for (Future<?> outcome : runs) {
                outcome.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
