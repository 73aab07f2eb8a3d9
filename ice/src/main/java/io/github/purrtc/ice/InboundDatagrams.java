package io.github.purrtc.ice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What is no STUN on its way to a transport's listener, and what has to wait until its path is valid. To be used on the loop. */
final class InboundDatagrams {
    private static final Logger LOG = LoggerFactory.getLogger(InboundDatagrams.class);

    private final IceTransport.Listener listener;
    private final TrafficCounters traffic;
    private final EarlyDatagrams early = new EarlyDatagrams();
    private boolean inBurst;

    InboundDatagrams(IceTransport.Listener listener, TrafficCounters traffic) {
        this.listener = listener;
        this.traffic = traffic;
    }

    void keep(int socketId, InetSocketAddress source, ByteBuffer datagram, long now) {
        if (!early.keep(socketId, source, datagram, now)) {
            traffic.packetsDropped++;
        }
    }

    void deliverEarly(int socketId, InetSocketAddress source, long now) {
        early.take(socketId, source, now, this::deliver);
    }

    void deliver(ByteBuffer datagram) {
        inBurst = true;
        traffic.received(datagram.remaining());
        try {
            listener.onDatagram(datagram);
        } catch (RuntimeException e) {
            LOG.warn("A listener of an ICE transport failed", e);
        }
    }

    /** Whether anything was delivered since the last time. */
    boolean endBurst() {
        boolean any = inBurst;
        inBurst = false;
        return any;
    }

    void clear() {
        early.clear();
    }
}
