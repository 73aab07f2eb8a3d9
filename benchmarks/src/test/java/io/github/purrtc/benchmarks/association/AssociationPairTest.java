package io.github.purrtc.benchmarks.association;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AssociationPairTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 65_536})
    @DisplayName("what is measured are whole messages, in packets that went through memory, none twice")
    void delivers(int size) {
        AssociationPair pair = new AssociationPair(size, 1 << 20);
        long before = pair.packets();
        pair.deliver(100);
        assertTrue((pair.packets() - before) * 1160 > 100L * size, "packets: " + pair.packets());
        assertEquals(0, pair.retransmissions());
    }
}
