package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.internal.stun.TransactionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** One connection's share of a port: what it sends leaves by its own loop's socket. To be used on that loop. */
final class PortShare implements HostSocket {
    private static final Logger LOG = LoggerFactory.getLogger(PortShare.class);

    /** As many as a check list has pairs, with some to spare: what one connection may have in the port's tables. */
    private static final int MOST_REMOTES = 128;

    private static final int MOST_TRANSACTIONS = 128;

    private record Sent(TransactionId id, InetSocketAddress destination) {}

    private final SharedPort port;
    private final PortReceiver receiver;
    private final DatagramListener listener;
    private final OwnFragments fragments;
    /** The latest last. */
    private final Set<InetSocketAddress> remotes = new LinkedHashSet<>(4);

    private final ArrayDeque<Sent> transactions = new ArrayDeque<>(4);
    private boolean inBurst;
    private boolean closed;

    PortShare(SharedPort port, PortReceiver receiver, DatagramListener listener) {
        this.port = port;
        this.receiver = receiver;
        this.listener = listener;
        this.fragments = new OwnFragments(new AtPort());
    }

    /** From any thread. */
    PortReceiver receiver() {
        return receiver;
    }

    @Override
    public InetSocketAddress localAddress() {
        return port.address();
    }

    @Override
    public void addFragment(String fragment) {
        if (!tryAddFragment(fragment)) {
            LOG.warn("The user name fragment of a restart is in use on {}", port.address());
        }
    }

    @Override
    public void removeFragment(String fragment) {
        fragments.remove(fragment);
    }

    /** False if another connection has that fragment. */
    boolean tryAddFragment(String fragment) {
        return !closed && fragments.tryAdd(fragment);
    }

    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        if (closed) {
            return;
        }
        if (StunPeek.isRequest(buffer, offset, length)) {
            expectResponse(buffer, offset, destination);
        }
        receiver.socket().write(buffer, offset, length, destination);
    }

    /** Where an address is ours, so is the response that comes from there. */
    private void expectResponse(byte[] request, int offset, InetSocketAddress destination) {
        if (port.ofRemote(destination) == this) {
            return;
        }
        TransactionId id = StunPeek.transactionId(request, offset);
        for (Sent sent : transactions) {
            if (sent.id.equals(id)) {
                return; // sent again
            }
        }
        if (transactions.size() == MOST_TRANSACTIONS) {
            port.remove(transactions.remove().id, this);
        }
        transactions.add(new Sent(id, destination));
        port.add(id, this);
    }

    @Override
    public void onAuthenticated(InetSocketAddress remote) {
        if (!closed && port.claim(remote, this)) {
            keep(remote);
        }
    }

    @Override
    public void onValidated(InetSocketAddress remote) {
        if (!closed) {
            port.bind(remote, this);
            keep(remote);
            forgetTransactionsWith(remote);
        }
    }

    /** A connection may live so long that its peer has had more addresses than that. */
    private void keep(InetSocketAddress remote) {
        remotes.remove(remote);
        if (remotes.size() == MOST_REMOTES) {
            Iterator<InetSocketAddress> eldest = remotes.iterator();
            port.remove(eldest.next(), this);
            eldest.remove();
        }
        remotes.add(remote);
    }

    private void forgetTransactionsWith(InetSocketAddress remote) {
        transactions.removeIf(sent -> {
            boolean done = sent.destination.equals(remote);
            if (done) {
                port.remove(sent.id, this);
            }
            return done;
        });
    }

    @Override
    public void flush() {
        if (!closed) {
            receiver.socket().flush();
        }
    }

    @Override
    public void flushUnfragmented() {
        if (!closed) {
            receiver.socket().flushUnfragmented();
        }
    }

    @Override
    public boolean isWritable(InetSocketAddress destination) {
        boolean writable = receiver.socket().isWritable();
        if (!writable && !closed) {
            receiver.tellWhenWritable(this);
        }
        return writable;
    }

    /** Leaves nothing in the port's tables. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        receiver.socket().flush();
        closed = true;
        remotes.forEach(remote -> port.remove(remote, this));
        transactions.forEach(sent -> port.remove(sent.id, this));
        fragments.clear();
        remotes.clear();
        transactions.clear();
        receiver.forget(this);
    }

    /** Whether it is the first of a burst, whose end is to be told. */
    boolean receive(InetSocketAddress source, ByteBuffer datagram) {
        if (closed) {
            return false;
        }
        boolean first = !inBurst;
        inBurst = true;
        try {
            listener.onDatagram(source, datagram);
        } catch (RuntimeException e) {
            LOG.warn("The receiver of a datagram failed", e);
        }
        return first;
    }

    void endOfBurst() {
        inBurst = false;
        if (closed) {
            return;
        }
        try {
            listener.onEndOfBurst();
        } catch (RuntimeException e) {
            LOG.warn("The receiver of a burst failed", e);
        }
    }

    void writable() {
        if (closed) {
            return;
        }
        try {
            listener.onWritable();
        } catch (RuntimeException e) {
            LOG.warn("A sender of datagrams failed", e);
        }
    }

    /** From any thread; the content is kept. */
    void receiveLater(InetSocketAddress source, ByteBuffer datagram) {
        receiver.execute(() -> {
            if (receive(source, datagram)) {
                endOfBurst();
            }
        });
    }

    private final class AtPort implements OwnFragments.Table {
        @Override
        public boolean add(FragmentKey fragment) {
            return port.add(fragment, PortShare.this);
        }

        @Override
        public void remove(FragmentKey fragment) {
            port.remove(fragment, PortShare.this);
        }
    }
}
