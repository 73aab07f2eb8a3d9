package io.github.purrtc.ice.internal.net;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * One loop's socket of a shared port. The kernel spreads what comes over the sockets of all loops by the addresses alone, so
 * a part of it is for connections of other loops: that is copied, and handed over once a burst.
 */
final class PortReceiver implements DatagramListener {
    private final EventLoop eventLoop;
    private final SharedPort port;
    private final FragmentKey probe = FragmentKey.probe();
    private final List<PortShare> touched = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Set<PortShare> waitingForRoom = new LinkedHashSet<>();
    private @Nullable UdpSocket socket;

    // of the burst that is being read
    private @Nullable InetSocketAddress lastRemote;
    private @Nullable PortShare lastShare;

    private long datagramsUnclaimed;

    PortReceiver(EventLoop eventLoop, SharedPort port) {
        this.eventLoop = eventLoop;
        this.port = port;
    }

    void opened(UdpSocket opened) {
        socket = opened;
    }

    UdpSocket socket() {
        UdpSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** How many datagrams were for no connection. */
    long datagramsUnclaimed() {
        return datagramsUnclaimed;
    }

    /** Handed over to connections of other loops. */
    long datagramsHandedOver() {
        return handovers.stream().mapToLong(Handover::datagrams).sum();
    }

    @Override
    public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
        PortShare share = recipient(source, datagram);
        if (share == null) {
            datagramsUnclaimed++;
        } else if (share.receiver() == this) {
            deliver(share, source, datagram);
        } else {
            handover(share.receiver()).add(share, source, datagram);
        }
    }

    private @Nullable PortShare recipient(InetSocketAddress source, ByteBuffer datagram) {
        if (!StunPeek.looksLikeStun(datagram)) {
            return ofRemote(source);
        }
        lastRemote = null; // the address may get another owner by it
        return switch (StunPeek.kind(datagram)) {
            case REQUEST -> ofUsername(source, datagram);
            case RESPONSE -> {
                PortShare share = port.ofTransaction(StunPeek.transactionId(datagram));
                yield share != null ? share : port.ofRemote(source);
            }
            case INDICATION -> port.ofRemote(source);
            case NOT_STUN -> null;
        };
    }

    private @Nullable PortShare ofRemote(InetSocketAddress source) {
        if (!source.equals(lastRemote)) {
            lastRemote = source;
            lastShare = port.ofRemote(source);
        }
        return lastShare;
    }

    private @Nullable PortShare ofUsername(InetSocketAddress source, ByteBuffer request) {
        long username = StunPeek.username(request);
        if (username < 0) {
            return null;
        }
        int index = (int) (username >>> 32);
        int length = (int) username;
        int fragmentLength = StunPeek.localFragmentLength(request, index, length);
        if (fragmentLength > FragmentKey.MOST_BYTES) {
            return null;
        }
        PortShare share = port.ofFragment(probe.set(request, index, fragmentLength));
        if (share == null && port.asksForUnknown()) {
            int colon = Math.min(fragmentLength + 1, length);
            int rest = Math.min(length - colon, FragmentKey.MOST_BYTES);
            port.onUnknown(probe, text(request, index + colon, rest), source, request);
        }
        return share;
    }

    private static String text(ByteBuffer from, int index, int length) {
        byte[] bytes = new byte[length];
        from.get(index, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Handover handover(PortReceiver to) {
        for (int i = 0; i < handovers.size(); i++) {
            Handover handover = handovers.get(i);
            if (handover.to() == to) {
                return handover;
            }
        }
        Handover handover = new Handover(to);
        handovers.add(handover);
        return handover;
    }

    /** On the loop of the share. */
    void deliver(PortShare share, InetSocketAddress source, ByteBuffer datagram) {
        if (share.receive(source, datagram)) {
            touched.add(share);
        }
    }

    @Override
    public void onEndOfBurst() {
        lastRemote = null;
        lastShare = null;
        for (int i = 0; i < handovers.size(); i++) {
            handovers.get(i).endOfBurst();
        }
        endDelivery();
    }

    void endDelivery() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).endOfBurst();
        }
        touched.clear();
    }

    void tellWhenWritable(PortShare share) {
        waitingForRoom.add(share);
    }

    void forget(PortShare share) {
        waitingForRoom.remove(share);
        lastRemote = null;
        lastShare = null;
    }

    @Override
    public void onWritable() {
        List<PortShare> told = List.copyOf(waitingForRoom);
        waitingForRoom.clear();
        told.forEach(PortShare::writable);
    }

    /** False if the loop has ended. */
    boolean execute(Runnable task) {
        try {
            eventLoop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
