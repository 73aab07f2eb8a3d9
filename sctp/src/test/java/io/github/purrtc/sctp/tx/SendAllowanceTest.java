package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SendAllowanceTest {
    private static final int PACKET = 1_000;
    private static final long SECOND = 1_000_000_000L;

    private final RetransmissionTimeout timeout = new RetransmissionTimeout(SECOND, SECOND, 60 * SECOND, 0);
    private final SendAllowance allowance =
            new SendAllowance(new SentData().data, new NewReno(PACKET, 10), timeout, PACKET, 0);

    @Test
    @DisplayName("nothing is paced where the round trip is shorter than a burst")
    void pacesNoShortPath() {
        assertTrue(isOpenAfterMuch(999_999));
        assertFalse(isOpenAfterMuch(1_000_000_000));
    }

    private boolean isOpenAfterMuch(long rttNanos) {
        timeout.observe(rttNanos);
        allowance.setPace(SECOND);
        allowance.pacer().onSent(100 * PACKET);
        return allowance.isPaceOpen(SECOND);
    }
}
