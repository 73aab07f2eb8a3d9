package io.github.purrtc.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What other programs took of the machine's processors in a window: more than this one, the processes it has started and theirs. Of those
 * that have ended only they count that their parent has waited for, so it is to be asked while a browser still runs.
 */
public final class ForeignLoad {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path PROCESSES = Path.of("/proc");

    /** Where they stand in the machine's line: user, nice, system; then idle and waiting, which are the rest of the time. */
    private static final int FIRST_BUSY = 1;

    private static final int LAST_BUSY = 3;
    private static final int LAST_TIME = 5;

    /** Where they stand behind a process's name: its own user and system time, and that of its children that ended. */
    private static final int FIRST_OWN = 11;

    private static final int LAST_OWN = 14;

    private final Ticks begin = Ticks.now();

    public ForeignLoad() throws IOException {}

    private record Ticks(long all, long busy, long own) {
        static Ticks now() throws IOException {
            if (!Files.exists(MACHINE)) {
                return new Ticks(0, 0, 0);
            }
            String machine = Files.readAllLines(MACHINE).get(0);
            String[] times = machine.split(" +");
            return new Ticks(sum(times, FIRST_BUSY, LAST_TIME), sum(times, FIRST_BUSY, LAST_BUSY), ofThisAndBelow());
        }

        static long ofThisAndBelow() {
            ProcessHandle self = ProcessHandle.current();
            return ofProcess(self)
                    + self.descendants().mapToLong(Ticks::ofProcess).sum();
        }

        /** 0 when it has ended meanwhile. */
        private static long ofProcess(ProcessHandle process) {
            try {
                String stat = Files.readString(
                        PROCESSES.resolve(Long.toString(process.pid())).resolve("stat"));
                return sum(stat.substring(stat.lastIndexOf(')') + 2).split(" "), FIRST_OWN, LAST_OWN);
            } catch (IOException e) {
                return 0;
            }
        }

        private static long sum(String[] fields, int first, int last) {
            long sum = 0;
            for (int i = first; i <= last; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        }
    }

    /** What this process and those below it have taken so far, in the system's ticks. */
    static long ownTicks() {
        return Ticks.ofThisAndBelow();
    }

    /** The part of all processors' time since this was made, 0 to 1; 0 where the system does not tell. */
    public double share() throws IOException {
        Ticks now = Ticks.now();
        long all = now.all - begin.all;
        long foreign = now.busy - begin.busy - (now.own - begin.own);
        return all == 0 ? 0 : Math.max(0, (double) foreign / all);
    }
}
