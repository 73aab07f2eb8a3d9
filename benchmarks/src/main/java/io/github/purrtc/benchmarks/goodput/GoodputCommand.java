package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Disturbances;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Fills paths of many kinds and tells how full they were. */
@Command(
        name = "goodput",
        mixinStandardHelpOptions = true,
        description = {
            "How much of a path one association fills, in virtual time: by rate, round trip, loss and congestion control.",
            "The same seeds give the same table on every machine."
        })
public final class GoodputCommand implements Callable<Integer> {
    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "100",
            description = "Mbit/s of the paths; default ${DEFAULT-VALUE}")
    private List<Integer> megabits = List.of();

    @Option(
            names = "--fast-rate",
            defaultValue = "1000",
            description =
                    "Mbit/s of one more path, without losses, at no distance too, for fewer seconds: it takes ten times as"
                            + " long to simulate; 0 for none; default ${DEFAULT-VALUE}")
    private int fastMegabits;

    @Option(
            names = "--fast-seconds",
            defaultValue = "5",
            description = "virtual seconds that count there; default ${DEFAULT-VALUE}")
    private int fastSeconds;

    @Mixin
    private final DistanceAndLoss cells = new DistanceAndLoss();

    @Mixin
    private final Disturbances disturbances = new Disturbances();

    @Option(
            names = "--controls",
            split = ",",
            description = "congestion controls, of ${COMPLETION-CANDIDATES}; default all")
    private List<Control> controls = List.of(Control.values());

    @Option(
            names = "--seeds",
            defaultValue = "3",
            description = "runs of each path that is not always the same, the median counts; default ${DEFAULT-VALUE}")
    private int seeds;

    @Option(
            names = "--warmup",
            defaultValue = "10",
            description = "virtual seconds that do not count; default ${DEFAULT-VALUE}")
    private int warmupSeconds;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "virtual seconds that count; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--threads", defaultValue = "1", description = "paths at a time; default ${DEFAULT-VALUE}")
    private int threads;

    @Option(
            names = "--out",
            description = "a file for the table, as docs/goodput.md; the chart goes beside it, as .svg")
    private java.nio.file.@org.jspecify.annotations.Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        GoodputReport report = new GoodputReport(measureAll(), seeds, warmupSeconds, seconds, fastSeconds);
        System.out.println(report.tables());
        if (out != null) {
            String name = out.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".svg";
            GoodputChart.write(report, out.resolveSibling(name));
            Files.writeString(out, report.page(name));
        }
        return 0;
    }

    private List<Cell> measureAll() throws InterruptedException, ExecutionException {
        List<Callable<Cell>> tasks = new ArrayList<>();
        for (Path path : paths()) {
            for (Control control : controls) {
                int runs = path.behindBottleneck().isRandom() ? seeds : 1;
                tasks.add(() -> Cell.measure(path, control, runs, warmupSeconds, seconds));
            }
        }
        for (Path path : fastPaths()) {
            for (Control control : controls) {
                tasks.add(() -> Cell.measure(path, control, 1, warmupSeconds, fastSeconds));
            }
        }
        return Workers.run(tasks, threads, GoodputCommand::told);
    }

    private List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (int rate : megabits) {
            for (int roundTrip : cells.roundTrips) {
                for (double loss : cells.losses) {
                    paths.add(new Path(rate * 1_000_000L, roundTrip, loss / 100).disturbed(disturbances));
                }
            }
        }
        return paths;
    }

    private List<Path> fastPaths() {
        List<Path> paths = new ArrayList<>();
        if (fastMegabits > 0) {
            paths.add(new Path(fastMegabits * 1_000_000L, 0, 0));
            for (int roundTrip : cells.roundTrips) {
                paths.add(new Path(fastMegabits * 1_000_000L, roundTrip, 0));
            }
        }
        return paths;
    }

    private static String told(Cell cell) {
        return String.format(
                Locale.ROOT,
                "%d Mbit/s, %d ms, loss %s %%, %s: %.1f %% of the path; dropped %d, retransmitted %d, timeouts %d",
                cell.path().bitsPerSecond() / 1_000_000,
                cell.path().roundTripMillis(),
                GoodputReport.percent(cell.path().loss()),
                cell.control().label(),
                cell.percentOfPath(),
                cell.median().dropped(),
                cell.median().retransmissions(),
                cell.median().timeouts());
    }
}
