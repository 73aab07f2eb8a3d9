package io.github.purrtc.ice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IceGathererTest {
    private static Network network;

    private final NetworkLoop loop = network.nextLoop();
    private final List<String> story = new ArrayList<>();
    private final List<IceCandidateError> errors = new ArrayList<>();

    @BeforeAll
    static void open() {
        network = Network.open(NetworkOptions.defaults().withThreads(1));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private IceGatherer gatherer(IceGatherOptions options) {
        IceGatherer gatherer = new IceGatherer(loop, options);
        gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onCandidate(Candidate candidate) {
                story.add("candidate");
            }

            @Override
            public void onStateChange(IceGathererState state) {
                story.add(state.name());
            }

            @Override
            public void onError(IceCandidateError error) {
                errors.add(error);
            }
        });
        return gatherer;
    }

    private static IceGatherOptions.Builder loopbackOnly() {
        return IceGatherOptions.builder().addressFilter(InetAddress::isLoopbackAddress);
    }

    @Test
    void withNoServersGatheringIsCompleteAtOnce() throws Exception {
        IceGatherer gatherer = gatherer(IceGatherOptions.defaults());
        LoopCalls.run(loop, () -> {
            gatherer.gather();
            assertEquals(IceGathererState.COMPLETE, gatherer.state());
            assertEquals("GATHERING", story.get(0));
            assertEquals("COMPLETE", story.get(story.size() - 1));
            assertEquals(gatherer.localCandidates().size() + 2, story.size());
            gatherer.gather();
            gatherer.close();
        });
        assertFalse(gatherer.localCandidates().isEmpty());
        assertEquals(IceGathererState.CLOSED, gatherer.state());
        assertEquals(List.of(), errors);
    }

    @Test
    void loopbackIsUsedWhenThereIsNothingElse() throws Exception {
        IceGatherer gatherer = gatherer(loopbackOnly().build());
        LoopCalls.run(loop, gatherer::gather);
        assertFalse(gatherer.localCandidates().isEmpty());
        for (Candidate candidate : gatherer.localCandidates()) {
            assertEquals(CandidateType.HOST, candidate.type());
            assertTrue(candidate.socketAddress().getAddress().isLoopbackAddress());
            assertNotEquals(0, candidate.port());
            assertEquals(candidate, Candidate.parse(candidate.toString()));
        }
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void loopbackComesAlongOnRequest() throws Exception {
        IceGatherer gatherer =
                gatherer(IceGatherOptions.builder().includeLoopback(true).build());
        LoopCalls.run(loop, gatherer::gather);
        assertTrue(gatherer.localCandidates().stream()
                .anyMatch(each -> each.socketAddress().getAddress().isLoopbackAddress()));
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void candidatesDifferInPriorityAndFoundation() throws Exception {
        IceGatherer gatherer =
                gatherer(IceGatherOptions.builder().includeLoopback(true).build());
        LoopCalls.run(loop, gatherer::gather);
        Set<Long> priorities = new HashSet<>();
        Set<String> foundations = new HashSet<>();
        for (Candidate candidate : gatherer.localCandidates()) {
            assertTrue(priorities.add(candidate.priority()), candidate::toString);
            assertTrue(foundations.add(candidate.foundation()), candidate::toString);
        }
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void credentialsAreLongEnoughAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            IceParameters parameters = new IceGatherer(loop, IceGatherOptions.defaults()).localParameters();
            assertEquals(16, parameters.usernameFragment().length());
            assertEquals(32, parameters.password().length());
            assertTrue(seen.add(parameters.usernameFragment()));
            assertTrue(seen.add(parameters.password()));
        }
    }

    @Test
    void portsAreOfTheRange() throws Exception {
        IceGatherOptions options = loopbackOnly().portRange(42_100, 42_119).build();
        List<IceGatherer> gatherers = new ArrayList<>();
        Set<InetSocketAddress> addresses = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            IceGatherer gatherer = gatherer(options);
            gatherers.add(gatherer);
            LoopCalls.run(loop, gatherer::gather);
            for (Candidate candidate : gatherer.localCandidates()) {
                assertTrue(candidate.port() >= 42_100 && candidate.port() <= 42_119);
                assertTrue(addresses.add(candidate.socketAddress()));
            }
        }
        assertFalse(addresses.isEmpty());
        for (IceGatherer gatherer : gatherers) {
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void aRangeWithoutAFreePortIsAnErrorAndGatheringCompletes() throws Exception {
        try (DatagramChannel taken = DatagramChannel.open()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = ((InetSocketAddress) taken.getLocalAddress()).getPort();
            IceGatherer gatherer = gatherer(IceGatherOptions.builder()
                    .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                    .portRange(port, port)
                    .build());
            LoopCalls.run(loop, gatherer::gather);
            assertEquals(IceGathererState.COMPLETE, gatherer.state());
            assertEquals(List.of(), gatherer.localCandidates());
            assertEquals(1, errors.size());
            assertEquals(IceCandidateError.UNREACHABLE, errors.get(0).errorCode());
            assertEquals("127.0.0.1", errors.get(0).address());
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void filtersDecideWhatIsUsed() throws Exception {
        IceGatherer none = gatherer(
                IceGatherOptions.builder().addressFilter(address -> false).build());
        LoopCalls.run(loop, none::gather);
        assertEquals(List.of(), none.localCandidates());
        assertEquals(IceGathererState.COMPLETE, none.state());
        IceGatherer noInterface = gatherer(IceGatherOptions.builder()
                .includeLoopback(true)
                .interfaceFilter(networkInterface -> !networkInterface.getName().equals("lo"))
                .build());
        LoopCalls.run(loop, noInterface::gather);
        assertTrue(noInterface.localCandidates().stream()
                .noneMatch(each -> each.socketAddress().getAddress().isLoopbackAddress()));
        LoopCalls.run(loop, noInterface::close);
    }

    @Test
    void relayOnlyTellsNoHostAddress() throws Exception {
        IceGatherer gatherer = gatherer(IceGatherOptions.builder()
                .includeLoopback(true)
                .transportPolicy(IceTransportPolicy.RELAY)
                .build());
        LoopCalls.run(loop, gatherer::gather);
        assertEquals(List.of(), gatherer.localCandidates());
        assertEquals(IceGathererState.COMPLETE, gatherer.state());
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void closedFromItsOwnListenerItStops() throws Exception {
        IceGatherer gatherer = new IceGatherer(
                loop, IceGatherOptions.builder().includeLoopback(true).build());
        List<IceGathererState> states = new ArrayList<>();
        gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onCandidate(Candidate candidate) {
                gatherer.close();
            }

            @Override
            public void onStateChange(IceGathererState state) {
                states.add(state);
            }
        });
        LoopCalls.run(loop, gatherer::gather);
        assertEquals(List.of(IceGathererState.GATHERING, IceGathererState.CLOSED), states);
        assertEquals(1, gatherer.localCandidates().size());
    }

    @Test
    void aListenerThatThrowsBreaksNothing() throws Exception {
        IceGatherer gatherer = new IceGatherer(loop, loopbackOnly().build());
        gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onCandidate(Candidate candidate) {
                throw new IllegalArgumentException("on purpose");
            }
        });
        LoopCalls.run(loop, gatherer::gather);
        assertEquals(IceGathererState.COMPLETE, gatherer.state());
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void misuseIsToldAtOnce() throws Exception {
        IceGatherer gatherer = gatherer(loopbackOnly().build());
        assertThrows(IllegalStateException.class, gatherer::gather);
        LoopCalls.run(loop, () -> {
            gatherer.close();
            gatherer.close();
            assertThrows(IllegalStateException.class, gatherer::gather);
        });
        assertThrows(
                IllegalArgumentException.class, () -> IceGatherOptions.builder().portRange(5, 4));
        assertThrows(
                IllegalArgumentException.class, () -> IceGatherOptions.builder().portRange(0, 70_000));
    }
}
