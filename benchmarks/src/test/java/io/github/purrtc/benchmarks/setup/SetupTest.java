package io.github.purrtc.benchmarks.setup;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class SetupTest {
    /** Long ones, beside which the time of the machine is short. */
    private static final int ROUND_TRIP_MILLIS = 400;

    private static final long SEED = 1;
    private static final int COUNT = 6;

    private static Setups setups;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        setups = Setups.start(COUNT);
        setups.run(2 * COUNT, Duration.ZERO, 0, true, SEED);
    }

    @AfterAll
    static void stop() {
        setups.close();
    }

    private static Series series(double lossPercent, boolean sctpInit, int roundTripMillis)
            throws IOException, InterruptedException {
        Duration oneWay = Duration.ofMillis(roundTripMillis / 2);
        return new Series(
                roundTripMillis,
                lossPercent,
                sctpInit,
                SEED,
                setups.run(COUNT, oneWay, lossPercent / 100, sctpInit, SEED));
    }

    /** The quickest of several counts, as no machine makes a round trip shorter; what a busy one adds is less than a whole one. */
    @ParameterizedTest
    @CsvSource({"false, 4.5", "true, 3.5"})
    @DisplayName("nothing lost: so many round trips from the offer to the first message, signalling counted")
    void takesSoManyRoundTrips(boolean sctpInit, double roundTrips) throws IOException, InterruptedException {
        Series series = series(0, sctpInit, ROUND_TRIP_MILLIS);
        assertTrue(series.isComplete(), series::toString);
        double quickest = series.percentile(Stage.HEARD, 0) / ROUND_TRIP_MILLIS;
        assertTrue(quickest >= roundTrips && quickest < roundTrips + 1, series::toString);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @DisplayName("one datagram in ten lost: all connections come to be")
    void connectsThroughLosses(boolean sctpInit) throws IOException, InterruptedException {
        Series series = series(10, sctpInit, 20);
        assertTrue(series.isComplete(), series::toString);
    }

    @Test
    @DisplayName("the page has a row for each series, the goals, and what the round trips are for")
    void writesThePage(@TempDir Path folder) throws IOException {
        Map<Stage, Double> millis = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            millis.put(stage, 100.0 * stage.ordinal());
        }
        Map<Stage, Double> never = Map.of(Stage.BEGUN, 0.0);
        List<Series> all = List.of(
                new Series(100, 0, false, 7, List.of(millis)), new Series(100, 10, true, 7, List.of(millis, never)));
        Path page = folder.resolve("pages").resolve("setup.md");
        new SetupReport(all, "setup --count 1").write(page);
        String text = Files.readString(page);
        for (String expected : List.of(
                "purrtc-benchmarks.jar setup --count 1",
                "| 0 % | handshake | 1 | 7–7 | 500 | 5.00 | 500 | 500 | 500 | 0 |",
                "| 10 % | `a=sctp-init` | 2 | 7–8 | 500 | 5.00 | 500 | 500 | 500 | 1 |",
                "| nothing lost: median within six round trips | handshake | 5.00 | yes |",
                "| 10 % lost: 95 of 100 within 3,000 ms | `a=sctp-init` | 500 | **no** |",
                "| DTLS is up | 3.00 | 1.00 |")) {
            assertTrue(text.contains(expected), () -> expected + " is not in " + text);
        }
    }
}
