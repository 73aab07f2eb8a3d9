package io.github.purrtc.sctp.tx;

/** In the order in which messages were accepted, whatever their streams: RFC 8260 §3.1. */
final class FirstComeScheduler implements StreamScheduler {
    @Override
    public void onJoined(OutboundStream stream) {}

    @Override
    public void onServed(OutboundStream stream, int bytes) {}

    @Override
    public long turn(OutboundStream stream, OutgoingMessage message, int bytes) {
        return message.number;
    }
}
