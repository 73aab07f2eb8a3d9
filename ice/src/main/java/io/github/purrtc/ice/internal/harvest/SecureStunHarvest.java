package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What STUN servers see of this host over TLS (RFC 8489 §6.2.3). They see a TCP port, so the address alone is of use: it is
 * told with the port of the host socket, which is right where a NAT maps addresses and leaves ports alone.
 */
public final class SecureStunHarvest implements ServerHarvest {
    private static final int UNREACHABLE = 701;

    private final TurnHarvest.Means means;
    private final List<HostSocket> hosts;
    private final Listener listener;
    private final List<Query> pending = new ArrayList<>();
    private boolean closed;

    private SecureStunHarvest(TurnHarvest.Means means, List<HostSocket> hosts, Listener listener) {
        this.means = means;
        this.hosts = hosts;
        this.listener = listener;
    }

    /** Begins; on the loop. */
    public static ServerHarvest start(
            TurnHarvest.Means means, List<HostSocket> hosts, List<Server> servers, Listener listener) {
        SecureStunHarvest harvest = new SecureStunHarvest(means, List.copyOf(hosts), listener);
        for (Server server : servers) {
            harvest.pending.add(harvest.new Query(server.url()));
        }
        for (Query query : List.copyOf(harvest.pending)) {
            NameLookups.find(query.url.host(), means.loop(), query::begin);
        }
        return harvest;
    }

    @Override
    public boolean receive(int host, InetSocketAddress source, ByteBuffer datagram) {
        return false;
    }

    @Override
    public void expire() {
        for (Query query : List.copyOf(pending)) {
            query.fail(UNREACHABLE, "no answer in time");
        }
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(pending).forEach(Query::end);
    }

    /** One server, over one connection. */
    private final class Query implements ServerConnection.Listener {
        private final ServerUrl url;
        private final TransactionId id = TransactionId.random(means.random());
        private @Nullable ServerConnection connection;
        private @Nullable InetAddress local;
        private @Nullable InetAddress server;

        Query(ServerUrl url) {
            this.url = url;
        }

        void begin(List<InetAddress> addresses) {
            if (!pending.contains(this)) {
                return;
            }
            for (InetAddress address : addresses) {
                InetSocketAddress there = new InetSocketAddress(address, url.port());
                InetAddress from = LocalRoute.towards(there, means.addresses());
                if (from != null) {
                    local = from;
                    server = address;
                    connection = new StreamServerConnection(
                            means.sockets(),
                            new InetSocketAddress(from, 0),
                            there,
                            means.tls().newHandler(url.host(), url.port()),
                            this);
                    return;
                }
            }
            fail(UNREACHABLE, addresses.isEmpty() ? "unknown host" : "no local address of the server's family");
        }

        @Override
        public void onConnected() {
            byte[] request = new StunEncoder(StunClass.REQUEST, id).toBytes();
            if (connection != null) {
                connection.write(request, 0, request.length);
                connection.flush();
            }
        }

        @Override
        public void onMessage(ByteBuffer message) {
            if (!(StunDecoder.decode(message) instanceof StunMessage response)
                    || !response.id().equals(id)) {
                return;
            }
            InetSocketAddress mapped = response.mappedAddress();
            if (response.messageClass() == StunClass.SUCCESS && mapped != null) {
                found(mapped.getAddress());
                end();
            } else if (response.messageClass() == StunClass.ERROR) {
                fail(response.errorCode(), response.errorReason());
            }
        }

        private void found(InetAddress external) {
            InetAddress seenBy = server;
            for (int i = 0; i < hosts.size() && seenBy != null; i++) {
                InetSocketAddress host = hosts.get(i).localAddress();
                if (host.getAddress().equals(local) && !external.equals(local)) {
                    listener.onFound(new Found.Reflexive(i, new InetSocketAddress(external, host.getPort()), seenBy));
                }
            }
        }

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {}

        @Override
        public void onFailure(String reason) {
            fail(UNREACHABLE, reason);
        }

        private void fail(int errorCode, String reason) {
            if (pending.contains(this) && !closed) {
                listener.onFailure(url.url(), errorCode, reason);
            }
            end();
        }

        private void end() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
            if (pending.remove(this) && pending.isEmpty() && !closed) {
                listener.onComplete();
            }
        }
    }
}
