package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.sctp.SctpOptions;

/** The congestion controls that are compared. */
enum Control {
    NEW_RENO("NewReno");

    private final String label;

    Control(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    SctpOptions.Builder choose(SctpOptions.Builder builder) {
        return builder;
    }
}
