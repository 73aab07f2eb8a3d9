package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;

import java.time.Duration;
import java.util.Locale;

/** A line on the error output that says how far it is: always the same one on a terminal. */
final class Progress {
    @SuppressWarnings("SystemConsoleNull") // From Java 22 on there is always one: a file gets the terminal's line then.
    private final boolean terminal = System.console() != null;

    private final long beginNanos = System.nanoTime();
    private final int all;
    private int done;

    Progress(int all) {
        this.all = all;
    }

    /** The next one begins. */
    void show(Kind kind, Case next, Role role) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - beginNanos);
        String line = "%3d/%d  %d:%02d  %s, %s: %s"
                .formatted(
                        ++done,
                        all,
                        elapsed.toMinutes(),
                        elapsed.toSecondsPart(),
                        kind.title(),
                        role.name().toLowerCase(Locale.ROOT),
                        next.title());
        System.err.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
        System.err.flush();
    }

    void tell(String what) {
        System.err.println((terminal ? "\r\033[K" : "") + what);
    }

    void end() {
        if (terminal) {
            System.err.print("\r\033[K");
        }
    }
}
