package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FingerprintTest {
    /** FIPS 180-4's example: SHA-256 of "abc". */
    private static final String ABC =
            "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:" + "B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    private static final byte[] BYTES = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void hashes() {
        assertEquals(ABC, Fingerprint.of("sha-256", BYTES).value());
        assertTrue(new Fingerprint("sha-256", ABC).matches(BYTES));
        assertFalse(new Fingerprint("sha-256", ABC).matches(new byte[] {'a', 'b'}));
        for (String algorithm : new String[] {"sha-256", "sha-384", "sha-512"}) {
            assertTrue(Fingerprint.of(algorithm, BYTES).matches(BYTES));
        }
    }

    @Test
    void eitherCaseIsTaken() {
        Fingerprint fingerprint = Fingerprint.parseAttribute("SHA-256 " + ABC.toLowerCase(java.util.Locale.ROOT));
        assertEquals(new Fingerprint("sha-256", ABC), fingerprint);
        assertEquals("sha-256 " + ABC, fingerprint.toString());
    }

    @Test
    void weakAndUnknownHashesAreKeptAndNeverMatch() {
        Fingerprint sha1 = new Fingerprint("sha-1", "A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D");
        assertFalse(sha1.isStrong());
        assertFalse(sha1.matches(BYTES));
        assertFalse(new Fingerprint("sha3-256", ABC).matches(BYTES));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.of("sha-1", BYTES));
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String bad :
                new String[] {"", "BA", "BA:7", "BA:78:", ":BA", "BA 78", ABC + ":00", "XX" + ABC.substring(2)}) {
            assertThrows(IllegalArgumentException.class, () -> new Fingerprint("sha-256", bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Fingerprint("", ABC));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parseAttribute("sha-256"));
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parseAttribute("sha-256 " + ABC + " more"));
    }
}
