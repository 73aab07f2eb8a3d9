package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.packet.DataFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** C109: who is served, with chunks of 100 bytes. */
class StreamSchedulerTest {
    private static final int PIECE = 100;

    @Test
    void firstComeFirstServed() {
        SendQueue queue = queue(StreamScheduling.FIRST_COME_FIRST_SERVED, DataFormat.I_DATA);
        add(queue, 3, 250);
        add(queue, 1, 50);
        add(queue, 3, 50);
        add(queue, 2, 150);
        assertEquals(List.of(3, 3, 3, 1, 3, 2, 2), serve(queue, 99));
    }

    @Test
    void roundRobinByChunkWhenInterleaved() {
        SendQueue queue = queue(StreamScheduling.ROUND_ROBIN, DataFormat.I_DATA);
        add(queue, 1, 300);
        add(queue, 2, 200);
        add(queue, 3, 50);
        assertEquals(List.of(1, 2, 3, 1, 2, 1), serve(queue, 99));
    }

    @Test
    void roundRobinByMessageOtherwise() {
        SendQueue queue = queue(StreamScheduling.ROUND_ROBIN, DataFormat.DATA);
        add(queue, 1, 300);
        add(queue, 1, 50);
        add(queue, 2, 200);
        assertEquals(List.of(1, 1, 1, 2, 2, 1), serve(queue, 99));
    }

    @Test
    @DisplayName("without interleaving, a message that has begun is finished, whoever comes")
    void finishesWhatHasBegun() {
        for (StreamScheduling scheduling : StreamScheduling.values()) {
            SendQueue queue = queue(scheduling, DataFormat.DATA);
            add(queue, 1, 500);
            serve(queue, 1);
            queue.setPriority(2, 1024);
            add(queue, 2, 10);
            assertEquals(List.of(1, 1, 1, 1, 2), serve(queue, 99));
        }
    }

    @Test
    @DisplayName("a message of higher priority interrupts one of lower priority")
    void interrupts() {
        SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, DataFormat.I_DATA);
        queue.setPriority(1, 128);
        queue.setPriority(2, 1024);
        add(queue, 1, 1_000);
        assertEquals(List.of(1), serve(queue, 1));
        add(queue, 2, 500);
        assertEquals(List.of(2, 2, 2, 2, 2, 1), serve(queue, 6));
    }

    @Test
    @DisplayName("RFC 8831 §6.4: bytes in the proportion 128 : 256 : 512 : 1024, by chunk and by message")
    void weighs() {
        for (DataFormat format : DataFormat.values()) {
            SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, format);
            int[] priorities = {128, 256, 512, 1024};
            for (int i = 0; i < priorities.length; i++) {
                queue.setPriority(i, priorities[i]);
                for (int j = 0; j < 100; j++) {
                    add(queue, i, format == DataFormat.DATA ? 90 : 2_000);
                }
            }
            int[] served = new int[4];
            for (int stream : serve(queue, 150)) {
                served[stream]++;
            }
            for (int i = 0; i < priorities.length; i++) {
                assertEquals(150.0 * priorities[i] / 1920, served[i], 1.0, format + " stream " + i);
            }
        }
    }

    @Test
    @DisplayName("large messages of one stream do not get more than small ones of another")
    void weighsBytesNotMessages() {
        SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, DataFormat.DATA);
        for (int i = 0; i < 1_000; i++) {
            add(queue, 1, 100);
            add(queue, 2, 10);
        }
        int[] bytes = new int[3];
        for (int i = 0; i < 500; i++) {
            OutgoingMessage message = next(queue);
            bytes[message.stream.streamId] += message.uncut();
            queue.onCut(message, message.uncut());
        }
        assertEquals(bytes[1], bytes[2], 200);
    }

    @Test
    @DisplayName("priority 0 is legal: served alone at once, beside others seldom, and not never")
    void servesPriorityZero() {
        SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, DataFormat.I_DATA);
        queue.setPriority(1, 0);
        add(queue, 1, 100);
        assertEquals(List.of(1), serve(queue, 99));
        add(queue, 1, 200);
        for (int i = 0; i < 600; i++) {
            add(queue, 2, 100);
        }
        List<Integer> served = serve(queue, 599);
        assertTrue(served.indexOf(1) > 200 && served.indexOf(1) < 300, () -> "first at " + served.indexOf(1));
    }

    @Test
    @DisplayName("a priority is changed while messages wait")
    void changesPriority() {
        SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, DataFormat.I_DATA);
        add(queue, 1, 1_000);
        add(queue, 2, 1_000);
        assertEquals(List.of(1, 2, 1, 2), serve(queue, 4));
        queue.setPriority(2, 1024);
        assertEquals(List.of(2, 2, 2, 1, 2, 2, 2, 2), serve(queue, 8));
    }

    @Test
    @DisplayName("who was silent has saved up nothing, and who was busy owes nothing")
    void forgetsSilence() {
        SendQueue queue = queue(StreamScheduling.WEIGHTED_FAIR, DataFormat.I_DATA);
        add(queue, 1, 9_900);
        serve(queue, 99);
        add(queue, 1, 400);
        add(queue, 2, 400);
        assertEquals(List.of(1, 2, 1, 2, 1, 2, 1, 2), serve(queue, 99));
    }

    @Test
    @DisplayName("of large messages only as many begin as the peer can hold; small ones pass by")
    void limitsOpenMessages() {
        SendQueue queue = queue(StreamScheduling.ROUND_ROBIN, DataFormat.I_DATA);
        // The peer's window is 2,000: beside the largest, 1,000 bytes may be under way.
        add(queue, 1, 5_000);
        add(queue, 2, 700);
        add(queue, 3, 700);
        add(queue, 4, 50);
        assertEquals(List.of(1, 2, 4, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 3), serve(queue, 17));
        List<Integer> rest = serve(queue, 999);
        assertEquals(42 + 6, rest.size());
        assertNull(queue.next());
    }

    private static SendQueue queue(StreamScheduling scheduling, DataFormat format) {
        SendQueue queue = new SendQueue(1 << 30, scheduling, event -> {});
        queue.useFormat(
                format,
                PIECE,
                format == DataFormat.I_DATA && scheduling == StreamScheduling.ROUND_ROBIN ? 2_000 : 1 << 20);
        return queue;
    }

    private static void add(SendQueue queue, int streamId, int length) {
        queue.add(streamId, 51, ByteBuffer.allocate(length), SctpSendOptions.RELIABLE_ORDERED, 0);
    }

    private static OutgoingMessage next(SendQueue queue) {
        OutgoingMessage message = queue.next();
        assertNotNull(message);
        return message;
    }

    /** The streams of the next chunks. */
    private static List<Integer> serve(SendQueue queue, int chunks) {
        List<Integer> served = new ArrayList<>();
        for (OutgoingMessage message = queue.next();
                message != null && served.size() < chunks;
                message = queue.next()) {
            served.add(message.stream.streamId);
            queue.onCut(message, Math.min(PIECE, message.uncut()));
        }
        return served;
    }
}
