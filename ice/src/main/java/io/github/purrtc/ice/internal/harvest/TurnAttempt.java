package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.internal.turn.Link;
import io.github.purrtc.ice.internal.turn.TurnClient;
import io.github.purrtc.ice.internal.turn.TurnEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** One way to an allocation: follows the server to another one, and takes another port where the first is taken. */
final class TurnAttempt {
    private static final int MOST_SERVERS = 4;
    private static final int ALLOCATION_MISMATCH = 437;
    private static final int TRY_ALTERNATE = 300;

    /** Told of what the relay tells. */
    interface Listener {
        void onEvent(TurnAttempt attempt, TurnRelay relay, TurnEvent event);
    }

    private final TurnHarvest.Means means;
    private final ServerHarvest.Server server;
    private final IpVersion version;
    private final Listener listener;
    private final Set<InetSocketAddress> asked = new HashSet<>();
    private InetSocketAddress address;
    private @Nullable InetAddress local;
    private @Nullable TurnRelay relay;
    private boolean otherPortTried;
    private boolean allocated;
    private boolean closed;

    /** @param version of the relayed address */
    TurnAttempt(
            TurnHarvest.Means means,
            ServerHarvest.Server server,
            InetSocketAddress address,
            IpVersion version,
            Listener listener) {
        this.means = means;
        this.server = server;
        this.address = address;
        this.version = version;
        this.listener = listener;
    }

    /** The server that was asked last. */
    InetSocketAddress address() {
        return address;
    }

    /** What it is reached from. */
    InetAddress local() {
        return Objects.requireNonNull(local, "not begun");
    }

    void begin() {
        asked.add(address);
        Link link = server.url().transport() == ServerUrl.Transport.UDP ? Link.DATAGRAMS : Link.STREAM;
        TurnClient client = new TurnClient(
                link,
                Objects.requireNonNull(server.username()),
                Objects.requireNonNull(server.credential()),
                means.renewal(),
                means.random());
        TurnRelay made = new TurnRelay(means.loop(), client, version, this::onEvent);
        relay = made;
        InetAddress from = LocalRoute.towards(address, means.addresses());
        local = from;
        if (from == null) {
            fail(made, TurnEvent.UNREACHABLE, "no local address of the server's family");
        } else if (server.url().isDtls()) {
            fail(made, TurnEvent.UNREACHABLE, "TURN over DTLS is not supported");
        } else if (link == Link.DATAGRAMS) {
            connectByUdp(made, from);
        } else {
            connectByTcp(made, from);
        }
    }

    private void connectByUdp(TurnRelay made, InetAddress from) {
        UdpServerConnection connection =
                new UdpServerConnection(inbound -> means.opener().apply(from, inbound), address, made.events());
        if (!connection.isOpen()) {
            fail(made, TurnEvent.UNREACHABLE, "no local port");
            return;
        }
        made.connection(connection);
        made.events().onConnected();
    }

    private void connectByTcp(TurnRelay made, InetAddress from) {
        SslHandler tls =
                server.url().isSecure() ? means.tls().newHandler(server.url().host(), address.getPort()) : null;
        made.connection(new StreamServerConnection(
                means.sockets(), new InetSocketAddress(from, 0), address, tls, made.events()));
    }

    private void onEvent(TurnRelay source, TurnEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof TurnEvent.Redirected redirected) {
            follow(source, redirected.server());
        } else if (event instanceof TurnEvent.Failed failed
                && failed.errorCode() == ALLOCATION_MISMATCH
                && !allocated
                && !otherPortTried) {
            // RFC 8656 §7.5: the port is that of an allocation that somebody has forgotten.
            otherPortTried = true;
            begin();
        } else {
            allocated |= event instanceof TurnEvent.Allocated;
            listener.onEvent(this, source, event);
        }
    }

    private void follow(TurnRelay source, InetSocketAddress alternate) {
        if (asked.size() < MOST_SERVERS && !asked.contains(alternate) && mayFollow(address, alternate)) {
            address = alternate;
            begin();
        } else {
            fail(source, TRY_ALTERNATE, "sent on to " + alternate);
        }
    }

    /** A server must not be able to direct us to this host, or to a whole network. */
    static boolean mayFollow(InetSocketAddress server, InetSocketAddress alternate) {
        InetAddress there = alternate.getAddress();
        return alternate.getPort() != 0
                && there.getClass() == server.getAddress().getClass()
                && !there.isAnyLocalAddress()
                && !there.isMulticastAddress()
                && !there.isLinkLocalAddress()
                && (!there.isLoopbackAddress() || server.getAddress().isLoopbackAddress());
    }

    private void fail(TurnRelay source, int errorCode, String reason) {
        listener.onEvent(this, source, new TurnEvent.Failed(errorCode, reason));
    }

    void close() {
        closed = true;
        if (relay != null) {
            relay.close();
        }
    }
}
