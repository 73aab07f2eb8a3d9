package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/** Where data goes, if it may go anywhere. To be used on the loop, but where said otherwise. */
final class SelectedPath {
    private @Nullable LocalSocket socket;
    private @Nullable InetSocketAddress remote;
    private int socketId = -1;
    private boolean unsent;
    private volatile @Nullable CandidatePair pair;

    /** From any thread. */
    @Nullable
    CandidatePair pair() {
        return pair;
    }

    boolean isBy(int id) {
        return id == socketId;
    }

    void set(int id, LocalSocket through, InetSocketAddress destination, CandidatePair selected) {
        flush();
        socketId = id;
        socket = through;
        remote = destination;
        pair = selected;
    }

    void clear() {
        flush();
        socketId = -1;
        socket = null;
        remote = null;
        pair = null;
    }

    /** False if there is none. */
    boolean write(byte[] buffer, int offset, int length) {
        LocalSocket through = socket;
        InetSocketAddress destination = remote;
        if (through == null || destination == null) {
            return false;
        }
        through.write(buffer, offset, length, destination);
        unsent = true;
        return true;
    }

    /** Whether anything was sent. */
    boolean flush() {
        LocalSocket through = socket;
        if (through == null) {
            return false;
        }
        through.flush();
        boolean sent = unsent;
        unsent = false;
        return sent;
    }

    void flushUnfragmented() {
        LocalSocket through = socket;
        if (through != null) {
            through.flushUnfragmented();
        }
    }

    boolean isWritable() {
        LocalSocket through = socket;
        InetSocketAddress destination = remote;
        return through == null || destination == null || through.isWritable(destination);
    }
}
