package io.github.purrtc.interop;

/** What came of a case. */
enum Outcome {
    WORKS("✓"),
    FAILS("✗"),
    /** The peer has no such thing. */
    CANNOT("–");

    final String sign;

    Outcome(String sign) {
        this.sign = sign;
    }
}
