package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpState;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How much may be in flight (RFC 9260 §6.1, §7.2), checked packet by packet; and that what cannot be sent is at least probed for. */
final class SendingRules {
    private final String name;
    private final long onePacket;
    private SctpMetrics before;
    private boolean overdrawn;

    SendingRules(String name, int maxPacketSize) {
        this.name = name;
        onePacket = maxPacketSize;
    }

    /** An event happened; what is sent next is sent because of it. */
    void begin(SctpMetrics metrics) {
        before = metrics;
        overdrawn = false;
    }

    /** A packet went out. */
    void onPacket(SctpMetrics metrics) {
        long flight = metrics.inFlightBytes();
        boolean newData = metrics.userBytesSent() > before.userBytesSent();
        boolean again = metrics.retransmissions() > before.retransmissions();
        if (newData && !again) {
            // §6.1 A: the window is kept to, but for one chunk when nothing else is in flight.
            assertTrue(
                    flight <= Math.max(metrics.peerWindow(), onePacket),
                    () -> name + ": " + flight + " in flight and a window of " + metrics.peerWindow());
        }
        if ((newData || again) && flight > metrics.cwnd() + onePacket) {
            // §7.2.4 3: one packet of what is reported missing goes out regardless of cwnd.
            assertTrue(again && !overdrawn, () -> name + ": " + flight + " in flight and a cwnd of " + metrics.cwnd());
            overdrawn = true;
        }
        before = metrics;
    }

    /** Nothing more is to be sent now. */
    void atRest(SctpState state, SctpMetrics metrics) {
        boolean sends = state == SctpState.ESTABLISHED
                || state == SctpState.SHUTDOWN_PENDING
                || state == SctpState.SHUTDOWN_RECEIVED;
        if (sends && metrics.unsentBytes() > 0) {
            assertTrue(
                    metrics.bufferedBytes() > metrics.unsentBytes(),
                    () -> name + ": " + metrics.unsentBytes() + " to send, nothing outstanding, a window of "
                            + metrics.peerWindow());
        }
    }
}
