package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;

/** The congestion controls that are compared. */
enum Control {
    NEW_RENO("NewReno", CongestionAlgorithm.NEW_RENO),
    CUBIC("CUBIC", CongestionAlgorithm.CUBIC),
    BBR("BBR", CongestionAlgorithm.BBR);

    private final String label;
    private final CongestionAlgorithm algorithm;

    Control(String label, CongestionAlgorithm algorithm) {
        this.label = label;
        this.algorithm = algorithm;
    }

    String label() {
        return label;
    }

    SctpOptions.Builder choose(SctpOptions.Builder builder) {
        return builder.congestionControl(algorithm);
    }
}
