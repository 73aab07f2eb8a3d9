package io.github.purrtc.sctp.tx;

/** One stream after the other: RFC 8260 §3.2. */
final class RoundRobinScheduler implements StreamScheduler {
    private long lastTurn;

    @Override
    public void onJoined(OutboundStream stream) {
        stream.schedule = ++lastTurn;
    }

    @Override
    public void onServed(OutboundStream stream, int bytes) {
        stream.schedule = ++lastTurn;
    }

    @Override
    public long turn(OutboundStream stream, OutgoingMessage message, int bytes) {
        return stream.schedule;
    }
}
