package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

class LocalCandidatesTest {
    private static final int MOST = 128;

    private final LocalCandidates locals = new LocalCandidates();

    @Test
    @DisplayName("a peer that answers each check with another address of ours makes 128 candidates at most")
    void whatAnswersShowIsBounded() {
        LocalEndpoint base = locals.add(Candidate.parse("1 1 udp 5 10.0.0.1 1000 typ host"), 1);
        assertNotNull(base);
        for (int port = 1; port <= 1_000; port++) {
            Candidate seen = locals.mapped(base, new InetSocketAddress("192.0.2.1", port));
            assertEquals(port, seen.port());
        }
        assertEquals(MOST, locals.endpoints().size());
        Candidate known = locals.endpoints().get(MOST - 1).candidate();
        assertEquals(known, locals.mapped(base, new InetSocketAddress("192.0.2.1", MOST - 1)));
    }
}
