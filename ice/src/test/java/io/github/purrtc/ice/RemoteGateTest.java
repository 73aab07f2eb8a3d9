package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RemoteGateTest {
    private final List<Consumer<@Nullable InetAddress>> lookups = new ArrayList<>();
    private final List<InetSocketAddress> told = new ArrayList<>();
    private boolean takes = true;
    private int idleCount;

    private final RemoteGate gate =
            new RemoteGate((name, found) -> lookups.add(found), address -> true, new RemoteGate.Listener() {
                @Override
                public boolean onAddress(Candidate named, InetSocketAddress address) {
                    told.add(address);
                    return takes;
                }

                @Override
                public void onIdle() {
                    idleCount++;
                }
            });

    private static Candidate named(String address) {
        return Candidate.parse("candidate:1 1 udp 2113937151 " + address + " 50000 typ host");
    }

    private static String randomName() {
        return UUID.randomUUID() + ".local";
    }

    @Test
    @DisplayName("ten names of a peer are looked up at once, others when one of those is through")
    void looksUpTenAtOnce() {
        for (int i = 0; i < 15; i++) {
            gate.lookUp(named(randomName()));
        }
        assertEquals(10, lookups.size());
        lookups.get(3).accept(null);
        gate.lookUp(named(randomName()));
        gate.lookUp(named(randomName()));
        assertEquals(11, lookups.size());
        lookups.forEach(lookup -> lookup.accept(null));
        assertEquals(1, idleCount);
    }

    @Test
    @DisplayName("only random names of the form that browsers publish are looked up")
    void looksUpRandomNamesOnly() {
        for (String address : List.of("printer.local", "example.org", "192.0.2.1")) {
            gate.lookUp(named(address));
        }
        assertTrue(lookups.isEmpty());
        int[] done = new int[1];
        gate.whenIdle(() -> done[0]++);
        assertEquals(1, done[0]);
    }

    @Test
    @DisplayName("what waits for the lookups is done once, when the last is through, and before that is told")
    void doesWhatWaits() {
        gate.lookUp(named(randomName()));
        gate.lookUp(named(randomName()));
        List<Integer> idleCounts = new ArrayList<>();
        gate.whenIdle(() -> idleCounts.add(idleCount));
        lookups.get(0).accept(null);
        assertEquals(List.of(), idleCounts);
        lookups.get(1).accept(null);
        assertEquals(List.of(0), idleCounts);
        assertEquals(1, idleCount);
        gate.lookUp(named(randomName()));
        lookups.get(2).accept(null);
        assertEquals(List.of(0), idleCounts);
    }

    @Test
    @DisplayName("an answer that comes after the lookup was given up is told, and counts for no lookup")
    void tellsOfLateAnswers() {
        gate.lookUp(named(randomName()));
        lookups.get(0).accept(null);
        lookups.get(0).accept(InetAddress.getLoopbackAddress());
        assertEquals(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000)), told);
        assertEquals(1, idleCount);
    }

    @Test
    @DisplayName("twenty addresses are kept until there is a use for them")
    void keepsTwenty() {
        takes = false;
        for (int i = 0; i < 25; i++) {
            gate.lookUp(named(randomName()));
            lookups.get(i).accept(InetAddress.getLoopbackAddress());
        }
        assertEquals(25, told.size());
        told.clear();
        takes = true;
        gate.repeat();
        assertEquals(20, told.size());
        gate.repeat();
        assertEquals(20, told.size());
    }

    @Test
    @DisplayName("a gate that is closed tells nothing any more")
    void isSilentOnceClosed() {
        gate.lookUp(named(randomName()));
        gate.close();
        lookups.get(0).accept(InetAddress.getLoopbackAddress());
        assertEquals(List.of(), told);
        assertFalse(idleCount > 0);
    }
}
