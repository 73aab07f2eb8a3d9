package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LocalSocket;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The sockets of one gatherer by their numbers, which are never given twice: a closed one keeps its own. */
final class GathererSockets {
    private final List<LocalSocket> sockets = new ArrayList<>(0);
    private final BitSet lost = new BitSet();

    /** The number of the socket that is added next. */
    int nextId() {
        return sockets.size();
    }

    void add(LocalSocket socket) {
        sockets.add(socket);
    }

    LocalSocket get(int socketId) {
        return sockets.get(socketId);
    }

    int id(LocalSocket socket) {
        return sockets.indexOf(socket);
    }

    /** The numbers of those that are open. */
    List<Integer> open() {
        return IntStream.range(0, sockets.size())
                .filter(id -> !lost.get(id))
                .boxed()
                .toList();
    }

    boolean isLost(int socketId) {
        return lost.get(socketId);
    }

    /** Closes it for good; false if that was done. */
    boolean lose(int socketId) {
        if (lost.get(socketId)) {
            return false;
        }
        lost.set(socketId);
        sockets.get(socketId).close();
        return true;
    }

    /** The numbers of the host sockets on these addresses. */
    List<Integer> on(List<InetAddress> addresses) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < sockets.size(); id++) {
            if (sockets.get(id) instanceof HostSocket host
                    && addresses.contains(host.localAddress().getAddress())) {
                ids.add(id);
            }
        }
        return ids;
    }

    void addFragment(String usernameFragment) {
        sockets.forEach(socket -> socket.addFragment(usernameFragment));
    }

    void removeFragment(String usernameFragment) {
        sockets.forEach(socket -> socket.removeFragment(usernameFragment));
    }

    void close() {
        sockets.forEach(LocalSocket::close);
    }
}
