package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CertificateSupplyTest {
    @Test
    void keepsSoManyReadyAndGivesEachOnce() {
        List<Runnable> tasks = new ArrayList<>();
        CertificateSupply supply = new CertificateSupply(3, tasks::add);
        assertEquals(3, tasks.size());
        tasks.forEach(Runnable::run);
        Set<Fingerprint> given = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            // Two more than are ready: those are made at once.
            given.add(supply.get().fingerprints().get(0));
        }
        assertEquals(5, given.size());
        assertEquals(6, tasks.size(), "three again");
    }

    @Test
    void withoutAThreadEachIsMadeWhenItIsAskedFor() {
        CertificateSupply supply = new CertificateSupply(2, task -> {
            throw new RejectedExecutionException();
        });
        assertNotNull(supply.get());
        assertNotNull(new CertificateSupply(0).get());
        assertThrows(IllegalArgumentException.class, () -> new CertificateSupply(-1));
    }
}
