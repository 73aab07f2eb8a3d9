package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The TCP connections of one candidate, by remote address, the oldest first. */
final class TcpLinks {
    private final Map<InetSocketAddress, TcpLink> links = new LinkedHashMap<>(4);
    private final List<TcpLink> written = new ArrayList<>(2);

    @Nullable
    TcpLink get(InetSocketAddress remote) {
        return links.get(remote);
    }

    void put(TcpLink link) {
        TcpLink before = links.put(link.remote(), link);
        if (before != null) {
            before.close();
        }
    }

    /** False if another has taken its place. */
    boolean remove(TcpLink link) {
        written.remove(link);
        return links.remove(link.remote(), link);
    }

    int size() {
        return links.size();
    }

    /** Of those that have not shown that they know the password the oldest goes, if there are more than so many. */
    void keepUnauthenticated(int most) {
        int count = 0;
        @Nullable TcpLink oldest = null;
        for (TcpLink link : links.values()) {
            if (!link.isAuthenticated()) {
                count++;
                oldest = oldest == null ? link : oldest;
            }
        }
        if (count > most && oldest != null) {
            oldest.close();
        }
    }

    void write(TcpLink link, byte[] buffer, int offset, int length) {
        link.write(buffer, offset, length);
        if (!written.contains(link)) {
            written.add(link);
        }
    }

    void flush() {
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
    }

    void close() {
        List.copyOf(links.values()).forEach(TcpLink::close);
    }
}
