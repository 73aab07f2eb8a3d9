package io.github.purrtc.ice.internal.turn;

import java.net.InetSocketAddress;

/** What has become of an allocation. All but {@link Allocated} end it. */
public sealed interface TurnEvent {
    /** No answer came. */
    int UNREACHABLE = 701;

    /** Data can be sent and received from now on. */
    record Allocated(InetSocketAddress relayed, InetSocketAddress mapped) implements TurnEvent {}

    /** The server asks to go to another one (RFC 8656 §7.5). */
    record Redirected(InetSocketAddress server) implements TurnEvent {}

    /**
     * There is no allocation, or no longer.
     *
     * @param errorCode the server's, or {@link #UNREACHABLE}
     */
    record Failed(int errorCode, String reason) implements TurnEvent {}

    /** It was given back. */
    record Released() implements TurnEvent {}
}
