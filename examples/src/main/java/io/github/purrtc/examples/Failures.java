package io.github.purrtc.examples;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What went wrong, for people. */
final class Failures {
    private Failures() {}

    /** The failure itself, without what {@code java.util.concurrent} wrapped it in. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? unwrap(cause) : failure;
    }

    static String describe(Throwable failure) {
        Throwable unwrapped = unwrap(failure);
        String message = unwrapped.getMessage();
        return message == null ? unwrapped.getClass().getSimpleName() : message;
    }
}
