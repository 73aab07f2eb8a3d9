package io.github.purrtc.sctp.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

/**
 * A live association in each of its states, fed with well-formed but hostile chunks, noise, API calls and time. {@code -Dpurrtc.attacks=} says
 * how many attacks on each state, {@code -Dpurrtc.seed=} replays one.
 */
class HostileInputTest {
    private static final int STEPS = 150;

    @ParameterizedTest
    @EnumSource(StartingState.class)
    void survives(StartingState state) {
        attackAll(state, false);
    }

    @ParameterizedTest
    @EnumSource(StartingState.class)
    void survivesWithInterleaving(StartingState state) {
        attackAll(state, true);
    }

    private static void attackAll(StartingState state, boolean interleaving) {
        Long replayed = Long.getLong("purrtc.seed");
        long first = replayed != null ? replayed : 1;
        long count = replayed != null ? 1 : Long.getLong("purrtc.attacks", 300);
        for (long seed = first; seed < first + count; seed++) {
            attack(state, seed, interleaving);
        }
    }

    private static void attack(StartingState state, long seed, boolean interleaving) {
        int step = 0;
        try {
            SplittableRandom random = new SplittableRandom(seed);
            Target target = new Target(state, random.split(), interleaving);
            Attacker attacker = new Attacker(target, random.split());
            int stepsAfterTheEnd = 10;
            while (step < STEPS && stepsAfterTheEnd > 0) {
                attacker.step();
                step++;
                if (target.hasEnded()) {
                    stepsAfterTheEnd--;
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(state + ", seed " + seed + ", step " + step + ": " + e, e);
        }
    }
}
