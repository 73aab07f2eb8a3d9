package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpSendOptions;

import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What became of each message that one peer accepted: once it is sent at most, and in the end acknowledged or abandoned. */
final class Lifecycles {
    private final Set<Long> unsent = new HashSet<>();
    private final Set<Long> underway = new HashSet<>();
    private long last;

    /** The options with a name for the message. */
    SctpSendOptions name(SctpSendOptions options) {
        return options.withLifecycleId(++last);
    }

    void accepted(SctpSendOptions options) {
        unsent.add(options.lifecycleId());
        underway.add(options.lifecycleId());
    }

    /** Whether the event is about a message. */
    boolean on(SctpEvent event) {
        if (event instanceof SctpEvent.MessageSent sent) {
            assertTrue(unsent.remove(sent.lifecycleId()), () -> event + " of what is not to be sent");
            return true;
        }
        if (event instanceof SctpEvent.MessageAcknowledged acknowledged) {
            end(event, acknowledged.lifecycleId());
            assertTrue(!unsent.contains(acknowledged.lifecycleId()), () -> event + " of what was not sent");
            return true;
        }
        if (event instanceof SctpEvent.MessageAbandoned abandoned) {
            end(event, abandoned.lifecycleId());
            unsent.remove(abandoned.lifecycleId());
            return true;
        }
        return false;
    }

    private void end(SctpEvent event, long id) {
        assertTrue(underway.remove(id), () -> event + " of what is not under way");
    }

    /** Whether events said of each message what became of it. */
    boolean areTold() {
        return underway.isEmpty();
    }

    @Override
    public String toString() {
        return "untold " + underway;
    }

    void clear() {
        unsent.clear();
        underway.clear();
    }
}
