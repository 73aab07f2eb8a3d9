package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.mdns.LinkName;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The names that one gatherer has published for its addresses. To be used on the loop. */
final class HostNames {
    private final NetworkLoop loop;
    private final Map<Integer, String> names = new HashMap<>();

    HostNames(NetworkLoop loop) {
        this.loop = loop;
    }

    /** @param published told a new name for the address; null if nobody could look it up */
    void publish(InetAddress address, int socketId, Consumer<@Nullable String> published) {
        String name = LinkName.random();
        names.put(socketId, name);
        loop.linkNames().publish(name, address, loop, done -> published.accept(done ? name : null));
    }

    void withdraw(int socketId) {
        String name = names.remove(socketId);
        if (name != null) {
            loop.linkNames().withdraw(name);
        }
    }

    void close() {
        names.values().forEach(loop.linkNames()::withdraw);
        names.clear();
    }
}
