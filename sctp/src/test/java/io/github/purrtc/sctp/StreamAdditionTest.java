package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AddIncomingStreamsRequest;
import io.github.purrtc.sctp.packet.AddOutgoingStreamsRequest;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.ReConfigurationResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** RFC 6525 §5.2.5, §5.2.6. Ten streams each way are up, A could do with 65,535 of its own and takes 100. */
class StreamAdditionTest {
    private static final SctpOptions OF_A = Peer.options().inboundStreams(100).build();
    private static final SctpOptions OF_Z =
            Peer.options().outboundStreams(10).inboundStreams(10).build();

    private Peer a;
    private int tagOfA;
    private int tagOfZ;
    private int number;
    private int initialTsnOfZ;

    @BeforeEach
    void connect() {
        Ladder ladder = new Ladder(OF_A, OF_Z);
        a = ladder.a;
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        tagOfA = Peer.first(InitChunk.class, init).initiateTag();
        ladder.z.receive(init);
        ByteBuffer initAck = ladder.z.next();
        InitAckChunk answer = Peer.first(InitAckChunk.class, initAck);
        tagOfZ = answer.initiateTag();
        initialTsnOfZ = answer.initialTsn();
        number = initialTsnOfZ;
        a.receive(initAck);
        ladder.exchange();
        assertEquals(List.of(new SctpEvent.Connected(10, 10)), a.events());
    }

    @Test
    @DisplayName("C163 the peer adds streams it sends on, up to what we allow; said twice it counts once")
    void addsIncoming() {
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, ask(new AddOutgoingStreamsRequest(number, 20)));
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, ask(new AddOutgoingStreamsRequest(number, 20)));
        assertEquals(List.of(new SctpEvent.StreamsAdded(10, 30)), a.events());
        a.receive(tagOfA, new DataChunk(3, initialTsnOfZ, 29, 0, 51, ByteBuffer.wrap(new byte[] {'x'}), 0, 1));
        assertEquals(List.of("x"), a.texts());
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new AddOutgoingStreamsRequest(++number, 71)));
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new AddOutgoingStreamsRequest(++number, 65_535)));
        assertEquals(ReConfigurationResponse.RESULT_NOTHING_TO_DO, ask(new AddOutgoingStreamsRequest(++number, 0)));
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, ask(new AddOutgoingStreamsRequest(++number, 70)));
        assertEquals(List.of(new SctpEvent.StreamsAdded(10, 100)), a.events());
    }

    @Test
    @DisplayName("C163 the peer wants us to send on more streams: we ask for them, and then have them")
    void addsOutgoing() {
        assertEquals(SendStatus.CLOSED, a.send(10, "too early"));
        a.receive(tagOfA, new ReConfigChunk(List.of(new AddIncomingStreamsRequest(number, 5))));
        ByteBuffer packet = a.next();
        assertEquals(
                ReConfigurationResponse.RESULT_IN_PROGRESS, response(packet).result());
        AddOutgoingStreamsRequest own = (AddOutgoingStreamsRequest)
                ((ReConfigChunk) Peer.chunks(packet).get(1)).parameters().get(0);
        assertEquals(5, own.newStreams());
        // A -> Add Outgoing Streams /lost/ Z
        a.elapse();
        assertEquals(own, Peer.first(ReConfigChunk.class, a.next()).parameters().get(0));
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, ask(new AddIncomingStreamsRequest(number, 5)));
        answer(own, ReConfigurationResponse.RESULT_PERFORMED);
        assertEquals(List.of(new SctpEvent.StreamsAdded(15, 10)), a.events());
        assertEquals(SendStatus.QUEUED, a.send(14, "now"));
        assertEquals(SendStatus.CLOSED, a.send(15, "too many"));
        a.all();
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, ask(new AddIncomingStreamsRequest(number, 5)));
        assertEquals(tagOfZ, Peer.verificationTag(packet));
    }

    @Test
    @DisplayName("C163 the peer wants us to have more and then denies them")
    void addsNothingWhenDenied() {
        a.receive(tagOfA, new ReConfigChunk(List.of(new AddIncomingStreamsRequest(number, 5))));
        ReConfigChunk own = (ReConfigChunk) Peer.chunks(a.next()).get(1);
        answer((AddOutgoingStreamsRequest) own.parameters().get(0), ReConfigurationResponse.RESULT_DENIED);
        assertEquals(List.of(), a.events());
        assertEquals(SendStatus.CLOSED, a.send(10, "denied"));
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new AddIncomingStreamsRequest(number, 5)));
    }

    @Test
    @DisplayName("C163 never more than 65,535 streams")
    void keepsTheLimit() {
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new AddIncomingStreamsRequest(number, 65_535)));
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new AddIncomingStreamsRequest(++number, 65_526)));
        assertEquals(ReConfigurationResponse.RESULT_NOTHING_TO_DO, ask(new AddIncomingStreamsRequest(++number, 0)));
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, ask(new AddIncomingStreamsRequest(++number, 65_525)));
    }

    private long ask(Parameter request) {
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        long result = response(a.next()).result();
        assertNull(a.next());
        return result;
    }

    private void answer(AddOutgoingStreamsRequest request, int result) {
        a.receive(
                tagOfA,
                new ReConfigChunk(List.of(new ReConfigurationResponse(request.requestSequenceNumber(), result))));
        assertNull(a.next());
    }

    private static ReConfigurationResponse response(ByteBuffer packet) {
        return (ReConfigurationResponse)
                Peer.first(ReConfigChunk.class, packet).parameters().get(0);
    }
}
