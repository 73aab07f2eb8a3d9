package io.github.purrtc.sctp;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SignalledInitProperties {
    @Property(tries = 2_000)
    void anyBytesAreAnInitOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
        connectOrRefuse(bytes);
    }

    /** Nearly an INIT: what is taken makes an association that sends, is timed and ends. */
    @Property(tries = 2_000)
    void anInitWithFaultsIsTakenOrRefused(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = init(random).toBytes();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        connectOrRefuse(bytes);
    }

    private static void connectOrRefuse(byte[] bytes) {
        SignalledInit peer;
        try {
            peer = SignalledInit.parse(bytes);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertEquals(peer, SignalledInit.parse(peer.toBytes()));
        Peer a = new Peer(1);
        a.association.connect(SignalledInit.create(a.options, new SplittableRandom(1)), peer, a.now);
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        a.send(0, "hello");
        assertEquals(1, a.all().size());
        a.elapse(600 * Peer.SECOND);
        assertEquals(SctpState.CLOSED, a.association.state());
    }

    /** Whatever both sides are for, it is what a handshake would have agreed on. */
    @Property(tries = 300)
    void agreesOnWhatAHandshakeAgreesOn(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SctpOptions optionsA = options(random);
        SctpOptions optionsZ = options(random);
        Ladder handshake = new Ladder(optionsA, optionsZ);
        handshake.a.association.connect(handshake.a.now);
        Ladder signalled = new Ladder(optionsA, optionsZ);
        SignalledInit ofA = SignalledInit.create(optionsA, random);
        SignalledInit ofZ = SignalledInit.create(optionsZ, random);
        signalled.a.association.connect(ofA, ofZ, signalled.a.now);
        signalled.z.association.connect(ofZ, ofA, signalled.z.now);
        assertEquals(outcome(handshake), outcome(signalled));
    }

    private static List<Object> outcome(Ladder ladder) {
        ladder.exchange();
        List<SctpEvent> events = ladder.a.events();
        ladder.a.send(0, new byte[3_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.send(0, new byte[3_000], SctpSendOptions.RELIABLE_ORDERED);
        var packets = ladder.a.all();
        assertTrue(!packets.isEmpty());
        boolean checked = packets.get(0).getInt(8) != 0;
        int type = packets.get(0).get(12);
        ladder.z.receive(packets);
        ladder.run(Peer.SECOND);
        return List.of(
                events,
                ladder.z.events(),
                checked,
                type,
                ladder.a.messages().size(),
                ladder.z.messages().size());
    }

    private static SignalledInit init(SplittableRandom random) {
        return SignalledInit.create(options(random), random);
    }

    private static SctpOptions options(SplittableRandom random) {
        return SctpOptions.builder()
                .outboundStreams(1 + random.nextInt(65_535))
                .inboundStreams(1 + random.nextInt(65_535))
                .receiveWindow(1_500 + random.nextInt(1 << 20))
                .interleaving(random.nextBoolean())
                .zeroChecksum(random.nextBoolean())
                .build();
    }
}
