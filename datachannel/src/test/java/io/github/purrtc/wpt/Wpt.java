package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.ErrorName;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcException;
import io.github.purrtc.RtcSctpTransport;
import io.github.purrtc.RtcStats;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import io.github.purrtc.Stages;
import io.github.purrtc.testing.Await;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the assertions of the web-platform tests need, in Java's terms. */
final class Wpt {
    static final long LIMIT_SECONDS = Stages.LIMIT_SECONDS;
    static final SessionDescription ROLLBACK = new SessionDescription(SdpType.ROLLBACK, "");

    private static final Configuration LOOPBACK =
            Configuration.builder().includeLoopback(true).build();
    private static final Pattern ORIGIN = Pattern.compile("o=(\\S+ \\d+ \\d+)");
    private static final Pattern FRAGMENT = Pattern.compile("a=ice-ufrag:(\\S+)");
    private static final Pattern PASSWORD = Pattern.compile("a=ice-pwd:(\\S+)");

    private static final String ANY_CANDIDATES = "a=(candidate:|end-of-candidates)[^\r]*\r\n";

    private Wpt() {}

    static PeerConnection connection() {
        return new PeerConnection(LOOPBACK);
    }

    static <T> T get(CompletionStage<T> stage) {
        return Stages.get(stage);
    }

    static ErrorName failure(CompletionStage<?> stage) {
        return assertThrows(RtcException.class, () -> get(stage)).errorName();
    }

    static ErrorName call(Supplier<?> call) {
        return assertThrows(RtcException.class, call::get).errorName();
    }

    static SessionDescription offer(String sdp) {
        return new SessionDescription(SdpType.OFFER, sdp);
    }

    static SessionDescription answer(String sdp) {
        return new SessionDescription(SdpType.ANSWER, sdp);
    }

    static SessionDescription described(@Nullable SessionDescription description) {
        assertNotNull(description);
        return description;
    }

    /** The offer of a connection that has a data channel. */
    static SessionDescription generateOffer() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            return get(pc.createOffer());
        }
    }

    /** The answer of a connection that is made for it. */
    static SessionDescription generateAnswer(SessionDescription offer) {
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            return get(pc.createAnswer());
        }
    }

    static void exchangeOfferAnswer(PeerConnection a, PeerConnection z) {
        get(a.setLocalDescription());
        get(z.setRemoteDescription(described(a.localDescription())));
        get(z.setLocalDescription());
        get(a.setRemoteDescription(described(z.localDescription())));
    }

    /** Offer and answer without what was gathered by then. */
    static void exchangeWithoutCandidates(PeerConnection a, PeerConnection z) {
        get(a.setLocalDescription());
        get(z.setRemoteDescription(withoutCandidates(a.localDescription())));
        get(z.setLocalDescription());
        get(a.setRemoteDescription(withoutCandidates(z.localDescription())));
    }

    static SessionDescription withoutCandidates(@Nullable SessionDescription description) {
        SessionDescription whole = described(description);
        return new SessionDescription(whole.type(), whole.sdp().replaceAll(ANY_CANDIDATES, ""));
    }

    /** Gives one peer all candidates of the other, when they are there. */
    static void deliverCandidates(PeerConnection from, PeerConnection to) {
        Await.until("gathered", () -> from.iceGatheringState() == IceGatheringState.COMPLETE);
        described(from.localDescription())
                .sdp()
                .lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .forEach(line -> get(to.addIceCandidate(new IceCandidate(line.substring(2), null, 0, null))));
    }

    static void exchangeIceCandidates(PeerConnection a, PeerConnection z) {
        a.onIceCandidate(z::addIceCandidate);
        z.onIceCandidate(a::addIceCandidate);
    }

    /** Returns when everything is done that the connection had queued: what has not happened by then does not happen. */
    static void settle(PeerConnection pc) {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Object> done = new CompletableFuture<>();
            pc.createAnswer().whenComplete((answer, e) -> done.complete(pc));
            get(done);
        }
    }

    static <T> T poll(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(next, "nothing came in time");
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The signaling states that are told from now on. */
    static List<SignalingState> states(PeerConnection pc) {
        List<SignalingState> states = new CopyOnWriteArrayList<>();
        pc.onSignalingStateChange(states::add);
        return states;
    }

    /** The line that tells descriptions of one connection apart. */
    static String origin(@Nullable SessionDescription description) {
        return found(ORIGIN, described(description));
    }

    static String fragment(@Nullable SessionDescription description) {
        return found(FRAGMENT, described(description));
    }

    static String password(@Nullable SessionDescription description) {
        return found(PASSWORD, described(description));
    }

    private static String found(Pattern pattern, SessionDescription description) {
        Matcher matcher = pattern.matcher(description.sdp());
        assertTrue(matcher.find(), description.sdp());
        return matcher.group(1);
    }

    static RtcSctpTransport sctpOf(PeerConnection pc) {
        RtcSctpTransport sctp = pc.sctp();
        assertNotNull(sctp);
        return sctp;
    }

    /** Both ends of an open channel, which a has made, or both have. */
    record ChannelPair(DataChannel here, DataChannel there) {}

    static ChannelPair channelPair(PeerConnection a, PeerConnection z, boolean negotiated) {
        exchangeIceCandidates(a, z);
        if (negotiated) {
            DataChannelOptions options =
                    DataChannelOptions.builder().negotiated(0).build();
            DataChannel here = a.createDataChannel("", options);
            DataChannel there = z.createDataChannel("", options);
            exchangeOfferAnswer(a, z);
            return new ChannelPair(openChannel(here), openChannel(there));
        }
        CompletableFuture<DataChannel> there = new CompletableFuture<>();
        z.onDataChannel(channel -> {
            // What comes before the test listens has to wait.
            channel.pause();
            there.complete(channel);
        });
        DataChannel here = a.createDataChannel("");
        exchangeOfferAnswer(a, z);
        return new ChannelPair(openChannel(here), get(there));
    }

    /** What comes from now on. */
    static BlockingQueue<DataChannelMessage> messages(DataChannel channel) {
        BlockingQueue<DataChannelMessage> messages = new LinkedBlockingQueue<>();
        channel.onMessage(messages::add);
        channel.resume();
        return messages;
    }

    /** Waits until the channel is open. */
    static DataChannel openChannel(DataChannel channel) {
        CompletableFuture<DataChannel> open = new CompletableFuture<>();
        channel.onOpen(() -> open.complete(channel));
        return get(open);
    }

    /** What the connection's statistics tell of the peer's candidates; there are some. */
    static List<RtcStats.IceCandidate> remoteCandidates(PeerConnection connection) {
        List<RtcStats.IceCandidate> remote = get(connection.getStats()).of(RtcStats.IceCandidate.class).stream()
                .filter(each -> each.type().equals("remote-candidate"))
                .toList();
        assertFalse(remote.isEmpty());
        return remote;
    }
}
