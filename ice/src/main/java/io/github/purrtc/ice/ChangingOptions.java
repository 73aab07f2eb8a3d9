package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** A gatherer's options, and those that are to come. To be used on the loop, but where said otherwise. */
final class ChangingOptions {
    /** What others mean for what was gathered. */
    enum Change {
        NONE,
        /** Servers are to be asked again. */
        SERVERS,
        /** Nothing stays as it is. */
        ALL
    }

    private volatile IceGatherOptions current;
    private @Nullable IceGatherOptions next;

    ChangingOptions(IceGatherOptions first) {
        current = Objects.requireNonNull(first, "options");
    }

    /** From any thread. */
    IceGatherOptions current() {
        return current;
    }

    void propose(IceGatherOptions value) {
        if (value.lite() != current.lite()) {
            throw new IllegalArgumentException("ICE lite cannot be changed after the gatherer was made");
        }
        next = value;
    }

    /** What was proposed counts from now on. */
    Change adopt() {
        Change change = change();
        if (next != null) {
            current = next;
            next = null;
        }
        return change;
    }

    /** What {@link #adopt} would mean now. */
    Change change() {
        IceGatherOptions before = current;
        IceGatherOptions after = next;
        if (after == null) {
            return Change.NONE;
        }
        if (before.transportPolicy() != after.transportPolicy()) {
            return Change.ALL;
        }
        boolean sameServers = before.iceServers().equals(after.iceServers())
                && before.mappingServers().equals(after.mappingServers())
                && Objects.equals(before.tlsContext(), after.tlsContext());
        return sameServers ? Change.NONE : Change.SERVERS;
    }
}
