package io.github.purrtc.sctp.sim;

/** Something in virtual time that follows from its seed alone, and what is counted of it. */
interface Session {
    /** Runs it to its end; an {@link AssertionError} says which promise was broken, and the seed. */
    void run();

    long packets();

    long delivered();

    /** The parts in which messages came that did not come as a whole. */
    long parts();
}
