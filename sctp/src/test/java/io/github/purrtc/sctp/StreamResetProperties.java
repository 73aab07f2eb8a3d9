package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.OutgoingSsnResetRequest;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.ReConfigurationResponse;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * RFC 6525 from the receiver's side: a peer sends on a few streams and resets them, its packets arrive in any order and its requests as
 * often as they like. What A hands out is compared, stream by stream, with what was sent, in the order in which it was sent.
 */
class StreamResetProperties {
    private static final int STREAMS = 4;
    private static final String RESET = "reset";

    @Property(tries = 300)
    void behavesLikeTheModel(@ForAll int seed) {
        new Session(new SplittableRandom(seed)).run();
    }

    /** One peer Z, played by hand, with a network that delays; and what A must make of it. */
    private static final class Session {
        private final SplittableRandom random;
        private final Peer a = new Peer(1);
        private final int tagOfA;
        private final int initialTsnOfZ;
        private final int initialTsnOfA;

        private final List<DataChunk> air = new ArrayList<>();
        private final Set<Integer> arrived = new HashSet<>();
        private final List<List<String>> sent = new ArrayList<>();
        private final List<List<String>> handedOut = new ArrayList<>();
        private final int[] nextSsn = new int[STREAMS];
        private final Set<Integer> blocked = new HashSet<>();
        private int nextNumber;
        private int cumulative;
        private int requests;
        private @Nullable OutgoingSsnResetRequest pending;
        private @Nullable OutgoingSsnResetRequest performed;

        Session(SplittableRandom random) {
            this.random = random;
            Peer z = new Peer(2);
            a.association.connect(a.now);
            ByteBuffer init = a.next();
            InitChunk initChunk = Peer.first(InitChunk.class, init);
            tagOfA = initChunk.initiateTag();
            initialTsnOfA = initChunk.initialTsn();
            z.receive(init);
            ByteBuffer initAck = z.next();
            initialTsnOfZ = Peer.first(InitAckChunk.class, initAck).initialTsn();
            a.receive(initAck);
            z.receive(a.next());
            a.receive(z.all());
            a.events();
            for (int i = 0; i < STREAMS; i++) {
                sent.add(new ArrayList<>());
                handedOut.add(new ArrayList<>());
            }
        }

        void run() {
            for (int i = 0; i < 120; i++) {
                step();
            }
            while (!air.isEmpty()) {
                arrive();
            }
            if (pending != null) {
                ask();
            }
            takeAll();
            assertEquals(sent, handedOut);
            assertEquals(0, a.association.metrics().heldBytes());
            assertEquals(SctpState.ESTABLISHED, a.association.state());
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> send();
                case 3, 4, 5 -> arrive();
                case 6 -> begin();
                case 7 -> takeAll();
                case 8 -> {
                    if (performed != null && pending == null) {
                        // Its answer was lost.
                        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, answerTo(performed));
                    }
                }
                default -> {
                    if (pending != null) {
                        ask();
                    }
                }
            }
        }

        private void send() {
            int stream = random.nextInt(STREAMS);
            if (blocked.contains(stream)) {
                return;
            }
            String text = Integer.toString(nextNumber);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            air.add(new DataChunk(
                    3,
                    initialTsnOfZ + nextNumber++,
                    stream,
                    nextSsn[stream]++,
                    51,
                    ByteBuffer.wrap(bytes),
                    0,
                    bytes.length));
            sent.get(stream).add(text);
        }

        private void arrive() {
            if (air.isEmpty()) {
                return;
            }
            DataChunk data = air.remove(random.nextInt(Math.min(air.size(), 8)));
            receive(data);
            if (random.nextInt(8) == 0) {
                receive(data);
            }
            arrived.add(data.tsn() - initialTsnOfZ);
            while (arrived.contains(cumulative)) {
                cumulative++;
            }
        }

        private void begin() {
            if (pending != null) {
                return;
            }
            int[] streamIds = random.ints(0, STREAMS)
                    .limit(1 + random.nextInt(2))
                    .distinct()
                    .toArray();
            for (int stream : streamIds) {
                blocked.add(stream);
                nextSsn[stream] = 0;
                sent.get(stream).add(RESET);
            }
            pending = new OutgoingSsnResetRequest(
                    initialTsnOfZ + requests++, initialTsnOfA - 1, initialTsnOfZ + nextNumber - 1, streamIds);
        }

        private void ask() {
            boolean complete = cumulative >= pending.lastAssignedTsn() + 1 - initialTsnOfZ;
            assertEquals(
                    complete ? ReConfigurationResponse.RESULT_PERFORMED : ReConfigurationResponse.RESULT_IN_PROGRESS,
                    answerTo(pending));
            if (complete) {
                performed = pending;
                pending = null;
                blocked.clear();
            }
        }

        private long answerTo(OutgoingSsnResetRequest request) {
            a.all();
            receive(new ReConfigChunk(List.of(request)));
            for (ByteBuffer packet : a.all()) {
                for (Chunk chunk : Peer.chunks(packet)) {
                    if (chunk instanceof ReConfigChunk reConfig) {
                        ReConfigurationResponse response =
                                (ReConfigurationResponse) reConfig.parameters().get(0);
                        assertEquals(request.requestSequenceNumber(), response.responseSequenceNumber());
                        return response.result();
                    }
                }
            }
            throw new AssertionError("a request was not answered");
        }

        private void receive(Chunk chunk) {
            a.receive(tagOfA, chunk);
        }

        private void takeAll() {
            boolean more = true;
            while (more) {
                more = false;
                for (SctpEvent event : a.events()) {
                    for (int stream : ((SctpEvent.IncomingStreamsReset) event).streamIds()) {
                        handedOut.get(stream).add(RESET);
                    }
                    more = true;
                }
                for (SctpMessage message : a.messages()) {
                    handedOut.get(message.streamId()).add(Peer.text(message));
                    more = true;
                }
            }
        }
    }
}
