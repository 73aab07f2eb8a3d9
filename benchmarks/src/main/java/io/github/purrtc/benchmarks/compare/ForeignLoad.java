package io.github.purrtc.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What other programs took of the machine's processors in a window: more than this one, and what it ran to its end. */
public final class ForeignLoad {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path SELF = Path.of("/proc/self/stat");

    /** Where they stand in the machine's line: user, nice, system; then idle and waiting, which are the rest of the time. */
    private static final int FIRST_BUSY = 1;

    private static final int LAST_BUSY = 3;
    private static final int LAST_TIME = 5;

    /** Where they stand behind this process's name: its own user and system time, and that of its children that ended. */
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
            String self = Files.readString(SELF);
            String[] times = machine.split(" +");
            String[] fields = self.substring(self.lastIndexOf(')') + 2).split(" ");
            return new Ticks(
                    sum(times, FIRST_BUSY, LAST_TIME),
                    sum(times, FIRST_BUSY, LAST_BUSY),
                    sum(fields, FIRST_OWN, LAST_OWN));
        }

        private static long sum(String[] fields, int first, int last) {
            long sum = 0;
            for (int i = first; i <= last; i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        }
    }

    /** The part of all processors' time since this was made, 0 to 1; 0 where the system does not tell. */
    public double share() throws IOException {
        Ticks now = Ticks.now();
        long all = now.all - begin.all;
        long foreign = now.busy - begin.busy - (now.own - begin.own);
        return all == 0 ? 0 : Math.max(0, (double) foreign / all);
    }
}
