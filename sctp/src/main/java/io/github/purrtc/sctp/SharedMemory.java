package io.github.purrtc.sctp;

/**
 * Memory that associations share for what their windows have beyond the least: {@link SctpOptions#maxReceiveWindow}. It is asked in steps, as
 * windows grow, and not for each packet. Whose associations live on several threads needs one that is thread-safe.
 */
public interface SharedMemory {
    /** As much as anybody wants. */
    SharedMemory UNBOUNDED = new SharedMemory() {
        @Override
        public boolean reserve(long bytes) {
            return true;
        }

        @Override
        public void release(long bytes) {}

        @Override
        public boolean isScarce() {
            return false;
        }
    };

    /** Takes so much out of it; false, and nothing taken, if there is less. */
    boolean reserve(long bytes);

    /** Gives back what was reserved. */
    void release(long bytes);

    /** Whether little is left: then windows give back what their paths have no use for. */
    boolean isScarce();
}
