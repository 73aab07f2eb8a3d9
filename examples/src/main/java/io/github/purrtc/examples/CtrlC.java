package io.github.purrtc.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Ctrl-C as a proper end, with exit code 0 if nothing else is said: the virtual machine itself would exit with 130. */
final class CtrlC implements AutoCloseable {
    /** The exit code of who has been interrupted in the middle of something: that of shells for SIGINT. */
    static final int INTERRUPTED = 130;

    private final Thread hook;
    private volatile Runnable first = () -> {};

    private CtrlC(int exitCode, Runnable... goodbye) {
        hook = new Thread(
                () -> {
                    try {
                        first.run();
                        for (Runnable step : goodbye) {
                            step.run();
                        }
                    } finally {
                        Runtime.getRuntime().halt(exitCode);
                    }
                },
                "good-bye");
    }

    /** On SIGINT, SIGTERM or SIGHUP runs {@code goodbye}, step by step, then ends the process; until this is closed. */
    static CtrlC ends(Runnable... goodbye) {
        return ends(0, goodbye);
    }

    /** The same with another exit code, for who has been interrupted in the middle of something. */
    static CtrlC ends(int exitCode, Runnable... goodbye) {
        CtrlC ctrlC = new CtrlC(exitCode, goodbye);
        Runtime.getRuntime().addShutdownHook(ctrlC.hook);
        return ctrlC;
    }

    /** From now on this comes before everything else, for who does not know from the beginning what there will be to end. */
    void first(Runnable step) {
        first = step;
    }

    /** Waits for the signal, which ends the process. */
    void await() throws InterruptedException {
        while (true) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Waits for the signal, which ends the process, or for an exit code, whichever comes first. */
    int awaitOr(CompletableFuture<Integer> exitCode) throws InterruptedException, ExecutionException {
        return exitCode.get();
    }

    /** Leaves signals to the virtual machine again; does nothing once the process is ending. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The good-bye is under way, and ends the process.
        }
    }
}
