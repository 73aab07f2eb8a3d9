package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The oracle sees what it is there to see. */
class LedgerTest {
    private static final SctpSendOptions ORDERED = SctpSendOptions.RELIABLE_ORDERED;
    private static final SctpSendOptions UNORDERED = SctpSendOptions.RELIABLE_UNORDERED;
    private static final SctpSendOptions ONCE = new SctpSendOptions(false, 0, -1);

    private final Ledger ledger = new Ledger();

    @Test
    void whatIsSentMustCome() {
        send(1, ORDERED);
        assertFalse(ledger.isSettled());
        receive(1, false);
        assertTrue(ledger.isSettled());
    }

    @Test
    void seesADuplicate() {
        send(1, ORDERED);
        receive(1, false);
        assertThrows(AssertionError.class, () -> receive(1, false));
    }

    @Test
    void seesWrongOrder() {
        send(1, ORDERED);
        send(2, ORDERED);
        assertThrows(AssertionError.class, () -> receive(2, false));
    }

    @Test
    void seesAWrongByte() {
        send(1, ORDERED);
        assertThrows(AssertionError.class, () -> receive(2, false));
    }

    @Test
    void seesAWrongStream() {
        send(1, ORDERED);
        SctpMessage message = new SctpMessage(8, 51, false, ByteBuffer.wrap(new byte[] {1}));
        assertThrows(AssertionError.class, () -> ledger.received(message));
    }

    @Test
    void unorderedMayComeInAnyOrder() {
        send(1, UNORDERED);
        send(2, ORDERED);
        send(3, UNORDERED);
        receive(3, true);
        receive(2, false);
        receive(1, true);
        assertTrue(ledger.isSettled());
    }

    @Test
    void theUnreliableMayBeLostButNotComeLate() {
        send(1, ONCE);
        send(2, ORDERED);
        receive(2, false);
        assertTrue(ledger.isSettled());
        assertThrows(AssertionError.class, () -> receive(1, false));
    }

    @Test
    void seesAResetThatOvertakes() {
        send(1, ORDERED);
        ledger.reset(7);
        assertThrows(AssertionError.class, () -> ledger.sawReset(7));
    }

    @Test
    void seesAMessageThatOvertakesAReset() {
        ledger.reset(7);
        send(1, UNORDERED);
        assertThrows(AssertionError.class, () -> receive(1, true));
        ledger.sawReset(7);
        receive(1, true);
    }

    private void send(int content, SctpSendOptions options) {
        ledger.accepted(7, 51, new byte[] {(byte) content}, options);
    }

    private void receive(int content, boolean unordered) {
        ledger.received(new SctpMessage(7, 51, unordered, ByteBuffer.wrap(new byte[] {(byte) content})));
    }
}
