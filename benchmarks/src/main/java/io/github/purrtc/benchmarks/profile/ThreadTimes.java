package io.github.purrtc.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Processor time of this process by kind of thread, in ticks.
 *
 * @param user of threads that run Java
 * @param kernel of the same
 * @param collector of the garbage collector's threads
 * @param compiler of the JIT compiler's
 * @param rest of the JVM's others, JFR's among them
 */
record ThreadTimes(long user, long kernel, long collector, long compiler, long rest) {
    static final ThreadTimes NONE = new ThreadTimes(0, 0, 0, 0, 0);

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final List<String> COLLECTOR = List.of("GC ", "G1 ", "Shenandoah", "Z");
    private static final List<String> COMPILER = List.of("C1 ", "C2 ", "JVMCI");
    private static final List<String> JVM =
            List.of("VM ", "JFR ", "Sweeper", "Reference", "Finalizer", "Signal", "Service");

    /** Where they stand in what follows the name. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    /** All zero where the system does not tell. */
    static ThreadTimes now() throws IOException {
        ThreadTimes sum = NONE;
        if (Files.isDirectory(TASKS)) {
            try (Stream<Path> tasks = Files.list(TASKS)) {
                for (Path task : tasks.toList()) {
                    sum = sum.plus(of(Files.readString(task.resolve("stat"))));
                }
            }
        }
        return sum;
    }

    private static ThreadTimes of(String stat) {
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long user = Long.parseLong(fields[UTIME]);
        long kernel = Long.parseLong(fields[STIME]);
        if (startsWithOneOf(name, COLLECTOR)) {
            return new ThreadTimes(0, 0, user + kernel, 0, 0);
        }
        if (startsWithOneOf(name, COMPILER)) {
            return new ThreadTimes(0, 0, 0, user + kernel, 0);
        }
        if (startsWithOneOf(name, JVM)) {
            return new ThreadTimes(0, 0, 0, 0, user + kernel);
        }
        return new ThreadTimes(user, kernel, 0, 0, 0);
    }

    private static boolean startsWithOneOf(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private ThreadTimes plus(ThreadTimes other) {
        return new ThreadTimes(
                user + other.user,
                kernel + other.kernel,
                collector + other.collector,
                compiler + other.compiler,
                rest + other.rest);
    }

    ThreadTimes since(ThreadTimes before) {
        return plus(new ThreadTimes(-before.user, -before.kernel, -before.collector, -before.compiler, -before.rest));
    }

    long total() {
        return user + kernel + collector + compiler + rest;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "user %d, kernel %d, GC %d, JIT %d, rest %d", user, kernel, collector, compiler, rest);
    }
}
