package io.github.purrtc.ice.internal.agent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Every pair of kinds of networks, with and without relays, reaches what can be reached, and fails in time where nothing can.
 * {@code -Dpurrtc.seeds=} says how many times each, {@code -Dpurrtc.seed=} replays one.
 */
class NatMatrixTest {

    private static final long SEEDS = Long.getLong("purrtc.seeds", 10);

    private static List<NatScenario.Cell> cells(int lossPercent) {
        List<NatScenario.Cell> cells = new ArrayList<>();
        for (NatKind a : NatKind.values()) {
            for (NatKind z : NatKind.values()) {
                for (NatScenario.Relays relays : NatScenario.Relays.values()) {
                    cells.add(new NatScenario.Cell(a, z, relays, lossPercent, false));
                }
            }
        }
        return cells;
    }

    private static List<NatScenario.Cell> tcpCells(int lossPercent) {
        return cells(lossPercent).stream()
                .filter(cell -> cell.relays() == NatScenario.Relays.NONE)
                .map(cell -> new NatScenario.Cell(cell.a(), cell.z(), cell.relays(), lossPercent, true))
                .toList();
    }

    private static List<NatScenario.Cell> reachableCells(int lossPercent) {
        return cells(lossPercent).stream().filter(NatScenario.Cell::isReachable).toList();
    }

    /** Runs each cell with each seed, and names the first few that break a promise. */
    private static void runAll(List<NatScenario.Cell> cells, long seeds, Consumer<NatScenario> run) {
        Long replayed = Long.getLong("purrtc.seed");
        LongStream chosen = replayed != null ? LongStream.of(replayed) : LongStream.range(0, seeds);
        List<String> broken = chosen.parallel()
                .boxed()
                .flatMap(seed -> cells.stream().map(cell -> outcome(cell, seed, run)))
                .filter(outcome -> !outcome.isEmpty())
                .limit(5)
                .toList();
        assertEquals("", String.join("\n", broken));
    }

    private static String outcome(NatScenario.Cell cell, long seed, Consumer<NatScenario> run) {
        try {
            run.accept(new NatScenario(cell, seed));
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void theTheoryIsThatOfTheTextbook() {
        // Of the 36 pairs with UDP, those of a symmetric NAT with one that filters by port are not.
        assertEquals(
                36 - 5,
                cells(0).stream()
                        .filter(cell -> cell.relays() == NatScenario.Relays.NONE && cell.isReachable())
                        .count());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void whatCanBeReachedIsReached(int lossPercent) {
        runAll(cells(lossPercent), SEEDS, NatScenario::run);
    }

    /** RFC 6544: where UDP does not get through, and no relay is there, TCP does if one side can be connected to. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void whereUdpIsBlockedTcpReachesWhoIsOpen(int lossPercent) {
        runAll(tcpCells(lossPercent), SEEDS, scenario -> {
            scenario.run();
            scenario.expectTcpWhereUdpIsNot();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void overTcpRestartsAndOutagesAreLikewise(int lossPercent) {
        List<NatScenario.Cell> cells = tcpCells(lossPercent).stream()
                .filter(cell -> cell.isReachable() && !cell.isReachableByUdp())
                .toList();
        assertEquals(2, cells.size(), "an open host, and one whose UDP is blocked");
        runAll(cells, SEEDS, scenario -> {
            scenario.run();
            scenario.restart(1);
            scenario.outage(scenario.anOutage());
            if (scenario.isAnyFailed()) {
                scenario.restart(2);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void restartsFindANewPair(int lossPercent) {
        runAll(reachableCells(lossPercent), SEEDS, scenario -> {
            scenario.run();
            scenario.restart(1);
            scenario.restart(2);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void outagesAreOutlivedOrEndInARestart(int lossPercent) {
        runAll(reachableCells(lossPercent), SEEDS, scenario -> {
            scenario.run();
            scenario.outage(scenario.anOutage());
            if (scenario.isAnyFailed()) {
                scenario.restart(1);
            }
        });
    }
}
