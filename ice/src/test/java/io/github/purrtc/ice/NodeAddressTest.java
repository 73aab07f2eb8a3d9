package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A node behind a router: its name in the username fragment, the router's address in place of its own. */
class NodeAddressTest {
    private static final InetSocketAddress OUTER = new InetSocketAddress("203.0.113.5", 3478);

    @Test
    void theFragmentBeginsWithThePrefixAndIsRandomAllTheSame() throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(1))) {
            IceGatherOptions options =
                    IceGatherOptions.builder().usernameFragmentPrefix("node7+").build();
            String one = new IceGatherer(network.nextLoop(), options)
                    .localParameters()
                    .usernameFragment();
            String other = new IceGatherer(network.nextLoop(), options)
                    .localParameters()
                    .usernameFragment();
            assertTrue(one.matches("node7\\+[A-Za-z0-9]{16}"), one);
            assertNotEquals(one, other);
        }
    }

    @Test
    void whatIsNoIceCharIsRefused() {
        IceGatherOptions.Builder builder = IceGatherOptions.builder();
        for (String bad : List.of("node-7", "a:b", "a b", "ä", "x".repeat(129))) {
            assertThrows(IllegalArgumentException.class, () -> builder.usernameFragmentPrefix(bad));
        }
        assertEquals("", builder.usernameFragmentPrefix("").build().usernameFragmentPrefix());
    }

    @Test
    void onlyTheMappedAddressIsAnnounced() throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(1))) {
            List<Candidate> announced = new ArrayList<>();
            IceGatherer gatherer = new IceGatherer(
                    network.nextLoop(),
                    IceGatherOptions.builder()
                            .addressFilter(InetAddress.getLoopbackAddress()::equals)
                            .addressMapping(local -> OUTER)
                            .build());
            gatherer.listener(new IceGatherer.Listener() {
                @Override
                public void onCandidate(Candidate candidate) {
                    announced.add(candidate);
                }
            });
            LoopCalls.run(network.nextLoop(), gatherer::gather);
            assertEquals(announced, gatherer.localCandidates());
            assertEquals(1, announced.size());
            assertEquals(OUTER, announced.get(0).socketAddress());
            assertEquals(CandidateType.HOST, announced.get(0).type());
            assertNull(announced.get(0).relatedAddress());
        }
    }

    @Test
    void aMappingThatChangesNothingAnnouncesTheSocket() throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(1))) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            a.gather();
            assertTrue(a.gatherer.localCandidates().stream()
                    .allMatch(
                            candidate -> candidate.socketAddress().getAddress().isLoopbackAddress()));
        }
    }

    @Test
    void aRouterReadsWhomACheckIsFor() {
        TransactionId id = new TransactionId(1, 2);
        assertEquals("node7+abc", localFragment(request(id, "node7+abc:zzzz")));
        assertEquals("abc", localFragment(request(id, "abc")));
        assertEquals("", localFragment(request(id, ":zzzz")));
        assertNull(localFragment(request(id, "x".repeat(300))));
        assertNull(localFragment(new StunEncoder(StunClass.REQUEST, id).toBytes()));
        assertNull(localFragment(
                new StunEncoder(StunClass.SUCCESS, id).username("abc:zzzz").toBytes()));
        assertNull(localFragment(new byte[] {23, 1, 2, 3}));
        assertNull(localFragment(new byte[0]));
    }

    @Test
    void everyCutIsAnswered() {
        byte[] whole = request(new TransactionId(1, 2), "node7+abc:zzzz");
        for (int length = 0; length < whole.length; length++) {
            String fragment = localFragment(java.util.Arrays.copyOf(whole, length));
            assertTrue(fragment == null || fragment.equals("node7+abc"));
        }
    }

    private static byte[] request(TransactionId id, String username) {
        return new StunEncoder(StunClass.REQUEST, id)
                .priority(5)
                .username(username)
                .toBytes();
    }

    private static String localFragment(byte[] datagram) {
        // not at the beginning of the buffer
        ByteBuffer buffer = ByteBuffer.allocate(datagram.length + 7)
                .position(7)
                .put(datagram)
                .position(7);
        String fragment = StunUsername.localFragment(buffer);
        assertEquals(7, buffer.position());
        return fragment;
    }
}
