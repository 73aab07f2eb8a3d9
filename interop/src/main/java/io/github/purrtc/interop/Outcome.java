package io.github.purrtc.interop;

/** What came of a case. */
enum Outcome {
    WORKS("✓"),
    /** It failed, and worked when it was tried once more. */
    WORKS_AGAIN("✓²"),
    FAILS("✗"),
    /** The peer has no such thing. */
    CANNOT("–");

    final String sign;

    Outcome(String sign) {
        this.sign = sign;
    }
}
