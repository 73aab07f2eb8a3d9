package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A TCP connection of which it is not known yet whom it is for; or is, and it is on its way to the loop of that one. */
final class TcpPending implements TcpInbound.Receiver {
    /** Longer than any check; what comes first must be one. */
    private static final int MOST_FIRST_BYTES = 1_280;

    private static final int MOST_EARLY_BYTES = 65_536;

    private final TcpAcceptor acceptor;
    private final Channel channel;
    private final InetSocketAddress remote;
    private final TcpInbound inbound = new TcpInbound(this);
    private final List<ByteBuffer> early = new ArrayList<>(1);
    private int earlyBytes;
    private @Nullable TcpShare share;

    TcpPending(TcpAcceptor acceptor, Channel channel, InetSocketAddress remote) {
        this.acceptor = acceptor;
        this.channel = channel;
        this.remote = remote;
        channel.pipeline().addLast(inbound);
    }

    void expire() {
        if (share == null) {
            close();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing has no result
    void close() {
        acceptor.remove(this);
        channel.close();
    }

    @Override
    public int mostFrameBytes() {
        return share == null ? MOST_FIRST_BYTES : FrameReader.MOST_BYTES;
    }

    @Override
    public void onFrame(ByteBuffer frame) {
        TcpShare owner = share;
        if (owner == null) {
            owner = ofUsername(frame);
            if (owner == null) {
                close();
                return;
            }
            share = owner;
            acceptor.remove(this);
            keep(frame);
            handOver(owner);
        } else {
            keep(frame);
        }
    }

    private @Nullable TcpShare ofUsername(ByteBuffer frame) {
        if (!StunPeek.looksLikeStun(frame) || StunPeek.kind(frame) != StunPeek.Kind.REQUEST) {
            return null;
        }
        long username = StunPeek.username(frame);
        int index = (int) (username >>> 32);
        int length = username < 0 ? -1 : StunPeek.localFragmentLength(frame, index, (int) username);
        return length < 0 || length > FragmentKey.MOST_BYTES
                ? null
                : acceptor.port().ofFragment(acceptor.probe().set(frame, index, length));
    }

    private void keep(ByteBuffer frame) {
        if (earlyBytes + frame.remaining() <= MOST_EARLY_BYTES) {
            earlyBytes += frame.remaining();
            early.add(ByteBuffer.allocate(frame.remaining()).put(frame).flip());
        }
    }

    /** Everything of a connection belongs to one loop: the channel moves there. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails on a connection closes it
    private void handOver(TcpShare owner) {
        if (owner.eventLoop() == channel.eventLoop()) {
            owner.adopt(channel, inbound, remote, early);
            return;
        }
        channel.config().setAutoRead(false);
        channel.deregister()
                .addListener(left -> owner.eventLoop().register(channel).addListener(arrived -> {
                    if (arrived.isSuccess()) {
                        owner.adopt(channel, inbound, remote, early);
                        channel.config().setAutoRead(true);
                    } else {
                        channel.unsafe().closeForcibly();
                    }
                }));
    }

    @Override
    public void onEndOfBurst() {}

    @Override
    public void onConnected() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed() {
        acceptor.remove(this);
    }
}
