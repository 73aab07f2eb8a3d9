package io.github.purrtc.sctp.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.util.SplittableRandom;

/** A live association in each of its states, and a script of what an attacker does to it. */
class LiveAssociationFuzzTest {
    private static final int MAX_STEPS = 300;

    @FuzzTest(maxDuration = "5m")
    void survives(byte[] bytes) {
        Script script = new Script(bytes);
        StartingState[] states = StartingState.values();
        Target target = new Target(states[script.nextInt(states.length)], new SplittableRandom(1));
        Attacker attacker = new Attacker(target, script);
        int stepsAfterTheEnd = 10;
        for (int step = 0; step < MAX_STEPS && !script.isAtEnd() && stepsAfterTheEnd > 0; step++) {
            attacker.step();
            stepsAfterTheEnd -= target.hasEnded() ? 1 : 0;
        }
    }
}
