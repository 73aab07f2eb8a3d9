package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.mdns.MdnsService;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The names of multicast DNS, for all loops of a network; one of them does the work. From any of them. */
final class LinkNames {
    private final NetworkLoop home;
    private @Nullable MdnsService service;

    LinkNames(NetworkLoop home) {
        this.home = home;
    }

    /** @param found told on the asker's loop, within little more than a second; null if there is no answer, which may still come later */
    void find(String name, NetworkLoop asker, Consumer<@Nullable InetAddress> found) {
        onHome(() -> service().find(name, address -> tell(asker, () -> found.accept(address))));
    }

    /** @param published told on the asker's loop whether anybody can look the name up */
    void publish(String name, InetAddress address, NetworkLoop asker, Consumer<Boolean> published) {
        onHome(() -> {
            boolean done = service().publish(name, address);
            tell(asker, () -> published.accept(done));
        });
    }

    void withdraw(String name) {
        onHome(() -> service().withdraw(name));
    }

    private MdnsService service() {
        MdnsService made = service;
        if (made == null) {
            made = new MdnsService(home, home.sockets());
            service = made;
        }
        return made;
    }

    private void onHome(Runnable task) {
        if (home.inLoop()) {
            task.run();
        } else {
            tell(home, task);
        }
    }

    private static void tell(NetworkLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the network is closed: nobody waits any more
        }
    }
}
