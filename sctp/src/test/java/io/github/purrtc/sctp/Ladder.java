package io.github.purrtc.sctp;

import java.nio.ByteBuffer;
import java.util.List;

/** Two peers, A and Z, and what happens between them without loss. */
final class Ladder {
    final Peer a;
    final Peer z;

    Ladder() {
        this(Peer.DEFAULTS);
    }

    Ladder(SctpOptions options) {
        this(options, options);
    }

    Ladder(SctpOptions optionsA, SctpOptions optionsZ) {
        a = new Peer(1, optionsA);
        z = new Peer(2, optionsZ);
    }

    Ladder(Peer a, Peer z) {
        this.a = a;
        this.z = z;
    }

    /** Both peers, connected, their events taken. */
    static Ladder connected() {
        return new Ladder().connect();
    }

    static Ladder connected(SctpOptions options) {
        return new Ladder(options).connect();
    }

    Ladder connect() {
        a.association.connect(a.now);
        exchange();
        a.events();
        z.events();
        return this;
    }

    /** Carries packets to and fro until neither has more to send; time stands still. */
    void exchange() {
        List<ByteBuffer> fromA;
        List<ByteBuffer> fromZ;
        int rounds = 0;
        do {
            fromA = a.all();
            z.receive(fromA);
            fromZ = z.all();
            a.receive(fromZ);
            if (++rounds > 10_000) {
                throw new AssertionError("the peers talk without end");
            }
        } while (!fromA.isEmpty() || !fromZ.isEmpty());
    }

    /** Like {@link #exchange}, then lets so much time pass for both, timers included, in small steps. */
    void run(long nanos) {
        long step = 10 * Peer.MILLI;
        for (long passed = 0; passed < nanos; passed += step) {
            exchange();
            a.elapse(step);
            z.elapse(step);
        }
        exchange();
    }
}
