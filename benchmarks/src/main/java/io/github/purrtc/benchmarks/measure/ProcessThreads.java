package io.github.purrtc.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The threads of this process, those of the JVM and of native libraries too.
 *
 * @param byId empty where the system does not tell
 */
record ProcessThreads(Map<Integer, Task> byId) {
    private static final Path TASKS = Path.of("/proc/self/task");

    /** Those that a JVM begins and ends as it sees fit, whatever the program does: compilers and collectors. */
    private static final Pattern JVM_MAY_BEGIN =
            Pattern.compile("C[12] CompilerThre|G1 (Refine|Conc)#\\d+|GC Thread#\\d+");

    /** Those that work for the JVM and not for the program. */
    private static final Pattern OF_JVM = Pattern.compile(
            JVM_MAY_BEGIN.pattern()
                    + "|VM .*|G1 .*|Monitor Deflati|Service Thread|Sweeper thread|Signal Dispatch|Notification Th|Common-Cleaner");

    /**
     * One of them, as Linux calls it.
     *
     * @param sleeps how often it has gone to sleep, and so has been woken
     */
    record Task(String name, long sleeps) {}

    static ProcessThreads now() throws IOException {
        Map<Integer, Task> threads = new HashMap<>();
        if (Files.isDirectory(TASKS)) {
            try (Stream<Path> tasks = Files.list(TASKS)) {
                for (Path task : tasks.toList()) {
                    read(task, threads);
                }
            }
        }
        return new ProcessThreads(threads);
    }

    private static void read(Path task, Map<Integer, Task> threads) throws IOException {
        try {
            String name = Files.readString(task.resolve("comm")).strip();
            long sleeps = Files.readAllLines(task.resolve("status")).stream()
                    .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
            threads.put(Integer.parseInt(task.getFileName().toString()), new Task(name, sleeps));
        } catch (NoSuchFileException e) {
            // It has ended meanwhile.
        }
    }

    /** How many of each name have begun since then, of those that the program has to do with. */
    Map<String, Integer> begunSince(ProcessThreads before) {
        Map<String, Integer> begun = new TreeMap<>();
        byId.forEach((id, thread) -> {
            if (!before.byId.containsKey(id)
                    && !JVM_MAY_BEGIN.matcher(thread.name).matches()) {
                begun.merge(thread.name, 1, Integer::sum);
            }
        });
        return begun;
    }

    /** How often threads were woken since then, of those that work for the program. */
    long wakeUpsSince(ProcessThreads before) {
        return byId.entrySet().stream()
                .filter(entry -> !OF_JVM.matcher(entry.getValue().name).matches())
                .mapToLong(entry -> {
                    Task earlier = before.byId.get(entry.getKey());
                    return entry.getValue().sleeps - (earlier == null ? 0 : earlier.sleeps);
                })
                .sum();
    }
}
