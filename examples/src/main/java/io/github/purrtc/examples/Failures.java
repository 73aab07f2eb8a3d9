package io.github.purrtc.examples;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What went wrong, for people. */
final class Failures {
    private Failures() {}

    /** The failure itself, without what it was wrapped in to cross a border between threads or kinds of exception. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || (cause != null && cause.toString().equals(failure.getMessage()));
        return wrapped && cause != null ? unwrap(cause) : failure;
    }

    static String describe(Throwable failure) {
        Throwable unwrapped = unwrap(failure);
        String message = unwrapped.getMessage();
        return message == null ? unwrapped.getClass().getSimpleName() : message;
    }
}
