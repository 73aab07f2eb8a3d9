package io.github.purrtc.benchmarks.emulator;

/** The two ends of a path. */
public enum End {
    A,
    Z;

    public End other() {
        return this == A ? Z : A;
    }
}
