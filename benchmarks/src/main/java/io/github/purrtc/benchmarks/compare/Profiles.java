package io.github.purrtc.benchmarks.compare;

/** Where the time and the garbage of profiled runs came from. */
final class Profiles {
    private Profiles() {}

    static String text(Results results) {
        return "";
    }
}
