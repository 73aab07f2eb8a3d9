package io.github.purrtc.examples;

/** Numbers on the command line. */
final class Range {
    private Range() {}

    /** @throws IllegalArgumentException naming the argument, if it is not in the range */
    static void require(String argument, long value, long least, long most) {
        if (value < least || value > most) {
            String range = most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw new IllegalArgumentException(argument + " must be " + range + ", not " + value);
        }
    }
}
