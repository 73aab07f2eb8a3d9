package io.github.purrtc.wpt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static io.github.purrtc.wpt.Wpt.generateOffer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 9429 §5.2.1: the first lines. */
@DisplayName("protocol/jsep-initial-offer.https.html")
class JsepInitialOfferTest {
    @Test
    @DisplayName("Offer conforms to basic SDP requirements")
    void firstLines() {
        String[] lines = generateOffer().sdp().split("\r\n", -1);
        assertEquals("v=0", lines[0]);
        String[] origin = lines[1].split(" ", -1);
        // "SHOULD be a meaningless address": theirs takes 127.0.0.1 alone.
        assertTrue(lines[1].matches("o=\\S+ \\d+ \\d+ IN IP4 (127\\.0\\.0\\.1|0\\.0\\.0\\.0)"), lines[1]);
        assertTrue(new BigInteger(origin[1]).bitLength() <= 64, lines[1]);
        assertTrue(new BigInteger(origin[2]).bitLength() <= 62, lines[1]);
        assertEquals("s=-", lines[2]);
    }
}
