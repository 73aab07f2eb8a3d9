package io.github.purrtc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/** A state that any thread may read and the loop alone changes, and who is told of it. Once closed it tells nothing. */
final class StateCell<S> {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateCell.class);

    private final String name;
    private final S closed;
    private volatile S state;
    private volatile boolean isClosed;
    private volatile Consumer<S> listener = next -> {};

    StateCell(String name, S initial, S closed) {
        this.name = name;
        this.state = initial;
        this.closed = closed;
    }

    S get() {
        return isClosed ? closed : state;
    }

    void listener(Consumer<S> value) {
        listener = value;
    }

    void enter(S next) {
        if (next == state || isClosed) {
            return;
        }
        state = next;
        try {
            listener.accept(next);
        } catch (RuntimeException | Error e) {
            LOGGER.error("The {} listener failed", name, e);
        }
    }

    /** From any thread, by our own wish: nobody is told. */
    void close() {
        isClosed = true;
    }
}
