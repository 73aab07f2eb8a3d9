package io.github.purrtc.ice.internal.net;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class SpinningSelectStrategyTest {
    private long nowNanos = 5_000;
    private int yields;
    private final SpinningSelectStrategy strategy = new SpinningSelectStrategy(100, () -> nowNanos, () -> yields++);

    private int next(int ready, boolean hasTasks) throws Exception {
        return strategy.calculateStrategy(() -> ready, hasTasks);
    }

    @Test
    void sleepsWhenItNeverHadAnythingToDo() throws Exception {
        assertEquals(SelectStrategy.SELECT, next(0, false));
    }

    @Test
    void looksAgainUntilTheTimeAfterAnEventIsOver() throws Exception {
        assertEquals(3, next(3, false));
        nowNanos += 99;
        assertEquals(SelectStrategy.CONTINUE, next(0, false));
        nowNanos += 1;
        assertEquals(SelectStrategy.SELECT, next(0, false));
    }

    @Test
    void aTaskIsSomethingToDo() throws Exception {
        assertEquals(0, next(0, true));
        nowNanos += 99;
        assertEquals(SelectStrategy.CONTINUE, next(0, false));
    }

    @Test
    void whatHappensMeanwhileBeginsTheTimeAnew() throws Exception {
        next(1, false);
        nowNanos += 99;
        next(1, false);
        nowNanos += 99;
        assertEquals(SelectStrategy.CONTINUE, next(0, false));
    }

    @Test
    void othersHaveTheProcessorBetweenTwoLooks() throws Exception {
        next(1, false);
        assertEquals(0, yields, "there is something to do");
        nowNanos += 99;
        next(0, false);
        next(0, false);
        assertEquals(2, yields);
        nowNanos += 1;
        next(0, false);
        assertEquals(2, yields, "it sleeps");
    }

    @Test
    void withoutSpinningNettySleepsAtOnce() {
        SelectStrategy sleeping = SpinningSelectStrategy.factory(Duration.ZERO).newSelectStrategy();
        assertFalse(sleeping instanceof SpinningSelectStrategy);
    }
}
