package io.github.purrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Any text is a candidate or is refused with a reason, and what was read is written as it was read. */
class CandidateFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void parses(byte[] bytes) {
        Candidate candidate;
        try {
            candidate = Candidate.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertNotNull(e.getMessage());
            return;
        }
        assertEquals(candidate, Candidate.parse(candidate.toString()));
    }
}
