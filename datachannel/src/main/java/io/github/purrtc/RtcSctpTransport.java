package io.github.purrtc;

import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The SCTP association of a connection as others see it: webrtc-pc §6.1.1, {@code RTCSctpTransport}.
 *
 * <p>Thread-safe; the listener runs on the connection's event loop and must not block it. Closing the connection closes it without a word.
 */
public final class RtcSctpTransport {
    private final RtcDtlsTransport transport;
    private final StateCell<SctpTransportState> state =
            new StateCell<>("SCTP statechange", SctpTransportState.CONNECTING, SctpTransportState.CLOSED);
    private volatile long maxMessageSize;
    private volatile int maxChannels;

    RtcSctpTransport(RtcDtlsTransport transport) {
        this.transport = transport;
    }

    /** What carries the packets. */
    public RtcDtlsTransport transport() {
        return transport;
    }

    /** The state of the association: webrtc-pc §6.1.2. */
    public SctpTransportState state() {
        return state.get();
    }

    /** The largest message that the peer takes, in bytes; {@link Long#MAX_VALUE} for any. */
    public long maxMessageSize() {
        return maxMessageSize;
    }

    /** How many channels there can be at once; empty before the association is connected. */
    public OptionalInt maxChannels() {
        return maxChannels == 0 ? OptionalInt.empty() : OptionalInt.of(maxChannels);
    }

    /** Called with each new state, on the connection's event loop. */
    public RtcSctpTransport onStateChange(Consumer<SctpTransportState> listener) {
        state.listener(listener);
        return this;
    }

    // From here on: the loop's.

    void setMaxMessageSize(long bytes) {
        maxMessageSize = bytes;
    }

    void onConnected(int channels) {
        maxChannels = channels;
        state.enter(SctpTransportState.CONNECTED);
    }

    void onClosed() {
        state.enter(SctpTransportState.CLOSED);
    }

    /** From any thread. */
    void close() {
        state.close();
        transport.close();
    }
}
