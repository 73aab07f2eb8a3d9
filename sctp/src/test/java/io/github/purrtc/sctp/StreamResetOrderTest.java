package io.github.purrtc.sctp;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

class StreamResetOrderTest {
    @Test
    void theEventComesBetweenTheMessagesBeforeAndAfterTheReset() {
        Ladder ladder = Ladder.connected();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.send(1, "before");
        ladder.run(500 * Peer.MILLI);
        a.association.resetStreams(new int[] {1}, a.now);
        ladder.run(500 * Peer.MILLI);
        a.send(1, "after");
        ladder.run(500 * Peer.MILLI);

        assertNull(z.association.poll());
        assertEquals(List.of("before"), z.texts());
        SctpEvent.IncomingStreamsReset reset =
                assertInstanceOf(SctpEvent.IncomingStreamsReset.class, z.association.poll());
        assertArrayEquals(new int[] {1}, reset.streamIds());
        assertEquals(List.of("after"), z.texts());
    }
}
