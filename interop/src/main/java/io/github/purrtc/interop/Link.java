package io.github.purrtc.interop;

/** The way to an agent. */
interface Link {
    void send(String line);

    /** Ends the agent without a word to anybody, as a crash would. */
    void kill();
}
