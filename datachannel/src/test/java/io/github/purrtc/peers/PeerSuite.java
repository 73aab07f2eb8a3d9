package io.github.purrtc.peers;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What holds between a connection of purrtc's, A, and whoever's the other, Z, is. */
@Timeout(120)
abstract class PeerSuite {
    private static final int MIB = 1024 * 1024;
    private static final int MESSAGE_SIZE = 64 * 1024;

    /** Chromium's send buffer takes 16 MiB. */
    private static final long NEARLY_FULL = 12 * MIB;

    private final List<Peer> peers = new ArrayList<>();
    private Peer a;
    private Peer z;

    enum Side {
        A,
        Z
    }

    /** The other peer. */
    abstract Peer other(Configuration configuration, Manners manners);

    private void meet(SdpDialect dialect, Manners mannersOfA) {
        Configuration configuration = Configuration.builder()
                .includeLoopback(true)
                .sdpDialect(dialect)
                .build();
        a = add(new PurrtcPeer(configuration, mannersOfA));
        z = add(other(configuration, mannersOfA.others()));
        a.signalTo(z);
        z.signalTo(a);
    }

    private void meet() {
        meet(SdpDialect.CURRENT, Manners.POLITE);
    }

    private Peer add(Peer peer) {
        peers.add(peer);
        return peer;
    }

    @AfterEach
    void close() {
        peers.forEach(Peer::assertNoFaults);
        peers.forEach(Peer::close);
    }

    private Peer peer(Side side) {
        return side == Side.A ? a : z;
    }

    private Peer opposite(Side side) {
        return side == Side.A ? z : a;
    }

    /** The two ends of a channel that the side made. */
    private record Ends(Channel near, Channel far) {}

    private Ends open(Side side, DataChannelOptions options) throws InterruptedException {
        Channel near = peer(side).createChannel("purr", options);
        Channel far = opposite(side).awaitChannel();
        return new Ends(near.awaitOpen(), far.awaitOpen());
    }

    private Ends open(Side side) throws InterruptedException {
        return open(side, DataChannelOptions.DEFAULT);
    }

    private static void requireTalk(Ends ends) throws InterruptedException {
        requireDelivery(ends.near, ends.far);
        requireDelivery(ends.far, ends.near);
    }

    private static void requireDelivery(Channel from, Channel to) throws InterruptedException {
        List<String> texts = List.of("meow", "", "猫 Grüße 🐈 \u0000", "x".repeat(10_000));
        texts.forEach(from::send);
        for (String text : texts) {
            assertEquals(text, to.texts.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    private void awaitAgreement() {
        Await.until("both agree", () -> a.standing().agreesWith(z.standing()));
    }

    /** Both have other ICE credentials than these, and know each other's. */
    private void awaitRestart(Peer.Standing before) {
        Await.until("ICE restarted", () -> {
            Peer.Standing now = a.standing();
            return now.agreesWith(z.standing())
                    && !now.localFragment().equals(before.localFragment())
                    && !now.remoteFragment().equals(before.remoteFragment());
        });
    }

    @ParameterizedTest
    @CsvSource({"A,CURRENT", "Z,CURRENT", "A,LEGACY", "Z,LEGACY"})
    void eitherSideOffers(Side offerer, SdpDialect dialect) throws InterruptedException {
        meet(dialect, Manners.POLITE);
        requireTalk(open(offerer));
        awaitAgreement();
        Await.until(
                "both connected",
                () -> Stream.of(a, z)
                        .allMatch(peer -> peer.standing().connectionState().equals("connected")));
    }

    @ParameterizedTest
    @CsvSource({"A,CURRENT", "Z,CURRENT", "A,LEGACY", "Z,LEGACY"})
    void largeMessagesPass(Side offerer, SdpDialect dialect) throws InterruptedException {
        meet(dialect, Manners.POLITE);
        Ends ends = open(offerer);
        long bytes = 0;
        for (int size : new int[] {1, 1_200, 65_535, 65_536, 256 * 1024}) {
            assertTrue(size <= a.maxMessageSize());
            assertTrue(size <= z.maxMessageSize());
            bytes += size;
            ends.far.send(size, size, NEARLY_FULL);
            ends.near.send(size, size, NEARLY_FULL);
            ends.near.awaitReceived(bytes);
            ends.far.awaitReceived(bytes);
        }
    }

    private static Stream<DataChannelOptions> kinds() {
        return Stream.of(true, false)
                .flatMap(ordered -> Stream.of(
                                DataChannelOptions.builder(),
                                DataChannelOptions.builder().maxRetransmits(3),
                                DataChannelOptions.builder().maxPacketLifeTime(500))
                        .map(builder ->
                                builder.ordered(ordered).protocol("kind 猫").build()));
    }

    @ParameterizedTest
    @EnumSource
    void theSixKindsOfChannelsAreMirrored(Side maker) throws InterruptedException {
        meet();
        open(maker);
        for (DataChannelOptions options : kinds().toList()) {
            Ends ends = open(maker, options);
            assertEquals(ends.near.shape(), ends.far.shape());
            String expected = Stream.of(options.maxPacketLifeTime(), options.maxRetransmits())
                    .map(limit -> limit.isPresent() ? String.valueOf(limit.getAsInt()) : "none")
                    .collect(Collectors.joining("|", "purr|kind 猫|" + options.ordered() + "|", "|false|"));
            assertTrue(ends.near.shape().startsWith(expected), ends.near::shape);
            ends.near.send("there");
            assertEquals("there", ends.far.texts.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void negotiatedChannelsAreAnnouncedByNobody(Side offerer) throws InterruptedException {
        meet();
        DataChannelOptions options = DataChannelOptions.builder().negotiated(42).build();
        Channel near = peer(offerer).createChannel("here", options);
        Channel far = opposite(offerer).createChannel("there", options);
        requireTalk(new Ends(near.awaitOpen(), far.awaitOpen()));
        near.close();
        Stream.of(near, far).forEach(PeerSuite::awaitClosed);
        Ends again = new Ends(
                peer(offerer).createChannel("again", options), opposite(offerer).createChannel("again", options));
        again.near.awaitOpen();
        again.far.awaitOpen();
        requireTalk(again);
    }

    private static void awaitClosed(Channel channel) {
        Await.until("closed", () -> channel.events.contains("close"));
        assertEquals("closed", channel.readyState());
    }

    @ParameterizedTest
    @EnumSource
    void eitherSideClosesAChannel(Side closer) throws InterruptedException {
        meet();
        Ends kept = open(closer);
        for (Side maker : Side.values()) {
            for (int round = 0; round < 5; round++) {
                Ends ends = open(maker);
                Channel closed = closer == maker ? ends.near : ends.far;
                Channel told = closer == maker ? ends.far : ends.near;
                closed.send("last words");
                closed.close();
                awaitClosed(closed);
                awaitClosed(told);
                assertEquals("last words", told.texts.poll());
                assertEquals(List.of("open", "close"), closed.events);
                assertEquals(List.of("open", "closing", "close"), told.events);
            }
        }
        requireTalk(kept);
    }

    @ParameterizedTest
    @EnumSource
    void eitherSideClosesTheConnection(Side closer) throws InterruptedException {
        meet();
        Ends ends = open(closer);
        Ends others = open(opposite(closer) == a ? Side.A : Side.Z);
        peer(closer).close();
        for (Channel told : List.of(ends.far, others.near)) {
            awaitClosed(told);
            // Chromium tells of closing too, and says nothing to the peer by SCTP when it is the one that goes.
            String events = String.join(", ", told.events);
            assertTrue(events.matches("open, (closing, )?error OperationError sctp-failure (12)?, close"), events);
        }
        awaitClosed(ends.near);
    }

    @ParameterizedTest
    @CsvSource({"A,CURRENT", "Z,CURRENT", "A,LEGACY", "Z,LEGACY"})
    void closingDeliversWhatWasQueued(Side sender, SdpDialect dialect) throws InterruptedException {
        meet(dialect, Manners.POLITE);
        Ends ends = open(sender);
        Await.get(ends.near.send(20 * MIB, MESSAGE_SIZE, NEARLY_FULL));
        ends.near.close();
        awaitClosed(ends.far);
        assertEquals(20 * MIB, ends.far.received());
        assertEquals(List.of("open", "closing", "close"), ends.far.events);
        awaitClosed(ends.near);
    }

    @ParameterizedTest
    @EnumSource
    void glareEndsInAgreement(Manners mannersOfA) throws InterruptedException {
        meet(SdpDialect.CURRENT, mannersOfA);
        Channel ofA = a.createChannel("A", DataChannelOptions.DEFAULT);
        Channel ofZ = z.createChannel("Z", DataChannelOptions.DEFAULT);
        requireTalk(new Ends(ofA.awaitOpen(), z.awaitChannel().awaitOpen()));
        requireTalk(new Ends(ofZ.awaitOpen(), a.awaitChannel().awaitOpen()));
        int rounds = Integer.getInteger("purrtc.peers.glares", 10);
        for (int i = 0; i < rounds; i++) {
            awaitAgreement();
            Peer.Standing before = a.standing();
            a.restartIce();
            z.restartIce();
            awaitRestart(before);
            ofA.send("round " + i);
        }
        awaitAgreement();
        requireTalk(open(Side.A));
        requireTalk(open(Side.Z));
    }

    @ParameterizedTest
    @EnumSource
    void iceRestartsWhileDataFlows(Side restarter) throws InterruptedException {
        meet();
        Ends ends = open(restarter);
        int restarts = Integer.getInteger("purrtc.peers.restarts", 6);
        long bytes = 0;
        for (int i = 0; i < restarts; i++) {
            awaitAgreement();
            bytes += 2 * MIB;
            CompletableFuture<Void> there = ends.near.send(2 * MIB, MESSAGE_SIZE, MIB);
            CompletableFuture<Void> back = ends.far.send(2 * MIB, MESSAGE_SIZE, MIB);
            Peer.Standing before = a.standing();
            peer(restarter).restartIce();
            awaitRestart(before);
            Await.get(there);
            Await.get(back);
            ends.near.awaitReceived(bytes);
            ends.far.awaitReceived(bytes);
        }
        assertEquals(List.of("open"), ends.near.events);
        assertEquals(List.of("open"), ends.far.events);
        requireTalk(ends);
    }

    /** Somebody else answers behind the same signalling: DTLS and SCTP begin anew, with other channels. */
    @ParameterizedTest
    @EnumSource
    void anotherPeerTakesOver(Side offerer) throws InterruptedException {
        meet();
        Ends first = open(offerer);
        awaitAgreement();
        Peer gone = z;
        z = add(other(Configuration.builder().includeLoopback(true).build(), Manners.IMPOLITE));
        a.signalTo(z);
        z.signalTo(a);
        gone.detach();
        Channel closed = offerer == Side.A ? first.near : first.far;
        if (offerer == Side.A) {
            a.restartIce();
            awaitClosed(closed);
        }
        Channel near = peer(offerer).createChannel("second", DataChannelOptions.DEFAULT);
        awaitClosed(closed);
        requireTalk(new Ends(near.awaitOpen(), opposite(offerer).awaitChannel().awaitOpen()));
    }
}
