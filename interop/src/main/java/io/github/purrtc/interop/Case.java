package io.github.purrtc.interop;

import java.io.IOException;

/**
 * Something that has to work.
 *
 * @param name for the command line
 */
record Case(String name, String title, Check check) {
    /** Throws where it does not work. */
    interface Check {
        /** Figures or other findings; empty for none. */
        String run(Bench bench) throws IOException, InterruptedException;
    }
}
