package io.github.purrtc.interop;

import io.github.purrtc.interop.Kind.Addresses;
import io.github.purrtc.interop.Kind.Opened;
import io.github.purrtc.interop.Pair.Connected;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** This library and one other peer, to be connected anew by each case; the other one is started when it is needed. */
final class Bench implements AutoCloseable {
    private final Kind kind;
    private final Path folder;
    private final Scale scale;
    private final Peer us;
    private @Nullable Opened them;
    private Addresses addresses = Addresses.SHOWN;
    private Role role = Role.OFFERING;
    private Duration patience = Peer.LIMIT;

    /** Ours. */
    enum Role {
        OFFERING,
        ANSWERING
    }

    /** @param folder with the programs of the other peers */
    Bench(Kind kind, Path folder, Scale scale) throws IOException, InterruptedException {
        this.kind = kind;
        this.folder = folder;
        this.scale = scale;
        us = Processes.here();
    }

    /** @param waits how long what has to come is waited for when the two are connected */
    void take(Role next, Duration waits) {
        role = next;
        patience = waits;
    }

    private void setLimit(Duration limit) throws IOException, InterruptedException {
        us.setLimit(limit);
        them().setLimit(limit);
    }

    Role role() {
        return role;
    }

    Kind kind() {
        return kind;
    }

    Scale scale() {
        return scale;
    }

    Peer us() {
        return us;
    }

    Peer them() throws IOException, InterruptedException {
        return opened().peer();
    }

    String version() throws IOException, InterruptedException {
        return opened().version();
    }

    private Opened opened() throws IOException, InterruptedException {
        Opened known = them;
        if (known == null) {
            known = open();
            them = known;
        }
        return known;
    }

    /** A browser that did not start on a loaded machine may do so the second time. */
    private Opened open() throws IOException, InterruptedException {
        try {
            return kind.open(folder, addresses);
        } catch (IOException e) {
            return kind.open(folder, addresses);
        }
    }

    /** From now on a browser hides its addresses, or shows them. */
    void use(Addresses next) {
        if (kind.isBrowser() && next != addresses) {
            addresses = next;
            endThem();
        }
    }

    /** Without a word, as a crash does. The next case gets a new one. */
    void endThem() {
        Opened known = them;
        them = null;
        if (known != null) {
            known.peer().close();
        }
    }

    Connected connect(Setup setup, int... agreed) throws IOException, InterruptedException {
        setLimit(Peer.LIMIT);
        Connected connected = role == Role.OFFERING
                ? Pair.connect(us, them(), setup, agreed)
                : Pair.connect(them(), us, setup, agreed);
        setLimit(patience);
        return connected;
    }

    @Override
    public void close() {
        us.close();
        endThem();
    }
}
