package io.github.purrtc.benchmarks.goodput;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two flows of 20 Mbit/s with a queue of one bandwidth-delay product, in virtual time; {@code -Dpurrtc.sharing.seeds} for more runs. */
class FairnessGoalsTest {
    private final int seeds = Integer.getInteger("purrtc.sharing.seeds", 3);

    @ParameterizedTest(name = "{0} ms: {1}, and {2} a little later")
    @DisplayName("no worse than 60:40 over a minute, with any seed")
    @CsvSource({
        "1, BBR, NEW_RENO",
        "1, NEW_RENO, BBR",
        "20, BBR, BBR",
        "20, BBR, NEW_RENO",
        "20, NEW_RENO, BBR",
        "50, BBR, BBR",
        "50, BBR, NEW_RENO",
        "50, NEW_RENO, BBR",
    })
    void sharesFairly(int roundTripMillis, Control first, Control second) {
        Sharing sharing = Sharing.measure(new Path(20_000_000, roundTripMillis, 0), first, second, seeds, 60);
        assertTrue(sharing.isFair(), sharing::toString);
        assertTrue(sharing.median().fill() > 0.9, sharing::toString);
    }

    @ParameterizedTest(name = "{0} ms, {1} times the bandwidth-delay product")
    @DisplayName("with shallow queues and deep ones: beside NewReno no worse than 60:40 in the median")
    @CsvSource({"20, 4", "50, 0.5", "50, 4"})
    void sharesAnyQueue(int roundTripMillis, double queueProducts) {
        Path path = new Path(20_000_000, roundTripMillis, 0, queueProducts);
        Sharing sharing = Sharing.measure(path, Control.BBR, Control.NEW_RENO, seeds, 60);
        assertTrue(sharing.isFairInTheMedian(), sharing::toString);
    }

    @ParameterizedTest(name = "{0}, and {1} a little later")
    @DisplayName("100 ms: no worse than 60:40 in the median")
    @CsvSource({"BBR, BBR", "BBR, NEW_RENO", "NEW_RENO, BBR"})
    void sharesALongPath(Control first, Control second) {
        Sharing sharing = Sharing.measure(new Path(20_000_000, 100, 0), first, second, seeds, 60);
        assertTrue(sharing.isFairInTheMedian(), sharing::toString);
    }
}
