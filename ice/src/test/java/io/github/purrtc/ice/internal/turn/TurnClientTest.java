package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static io.github.purrtc.ice.internal.turn.FakeTurnServer.MAPPED;
import static io.github.purrtc.ice.internal.turn.FakeTurnServer.RELAYED;
import static io.github.purrtc.ice.internal.turn.FakeTurnServer.integer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The allocation itself: T1 to T4. A is the client, T the server; the clock is virtual. */
class TurnClientTest {
    private TurnClient client = new TurnClient(Link.DATAGRAMS, "mia", "secret", RelayRenewal.STANDARD, new Random(1));
    private FakeTurnServer server = new FakeTurnServer(client, "mia", "secret");
    private long now = -5;

    private void pass(long seconds) {
        long end = now + TimeUnit.SECONDS.toNanos(seconds);
        while (client.nextTimeout() <= end) {
            now = client.nextTimeout();
            client.onTimeout(now);
        }
        now = end;
    }

    private void assertFailed(int errorCode) {
        TurnEvent.Failed failed = assertInstanceOf(TurnEvent.Failed.class, client.poll());
        assertEquals(errorCode, failed.errorCode());
        assertNull(client.poll());
        server.takeNothing();
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
    }

    @Test
    void allocatesOnceItIsAskedForItsCredentials() {
        client.allocate(IpVersion.IPV4, now);
        StunMessage first = server.take(Turn.ALLOCATE); // A -> Allocate -> T
        assertNull(first.username());
        assertArrayEquals(new byte[] {17, 0, 0, 0}, first.other(Turn.REQUESTED_TRANSPORT));
        server.challenge(first, 401, "n1", now); // A <- 401 <- T
        StunMessage second = server.takeAuthentic(Turn.ALLOCATE); // A -> Allocate, credentials -> T
        assertEquals("mia", second.username());
        server.grantAllocation(second, 600, now); // A <- success <- T
        assertEquals(new TurnEvent.Allocated(RELAYED, MAPPED), client.poll());
        assertNull(client.poll());
    }

    /** RFC 8656 §7.1: without a family it is IPv4. */
    @Test
    void anIpv6AddressIsAskedFor() {
        client.allocate(IpVersion.IPV6, now);
        StunMessage first = server.take(Turn.ALLOCATE);
        assertArrayEquals(new byte[] {2, 0, 0, 0}, first.other(Turn.REQUESTED_ADDRESS_FAMILY));
        server.challenge(first, 401, "n1", now);
        StunMessage second = server.takeAuthentic(Turn.ALLOCATE);
        assertArrayEquals(new byte[] {2, 0, 0, 0}, second.other(Turn.REQUESTED_ADDRESS_FAMILY));
    }

    @Test
    void aWrongPasswordEndsItWithoutALoop() {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n1", now);
        server.challenge(server.takeAuthentic(Turn.ALLOCATE), 401, "n2", now); // A <- 401 <- T
        assertFailed(401);
    }

    @Test
    void aChallengeWithoutANonceIsARefusal() {
        client.allocate(IpVersion.IPV4, now);
        server.refuse(server.take(Turn.ALLOCATE), 401, now);
        assertFailed(401);
    }

    @Test
    void aStaleNonceIsReplacedWhateverTheRequest() {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n1", now);
        server.challenge(server.takeAuthentic(Turn.ALLOCATE), 438, "n2", now); // A <- 438 <- T
        server.grantAllocation(server.takeAuthentic(Turn.ALLOCATE), 600, now);
        assertInstanceOf(TurnEvent.Allocated.class, client.poll());
        pass(540);
        server.challenge(server.takeAuthentic(Turn.REFRESH), 438, "n3", now);
        server.grant(
                server.takeAuthentic(Turn.REFRESH), now, response -> response.attribute(Turn.LIFETIME, integer(600)));
        byte[] out = new byte[200];
        client.frame(new byte[] {22, 1}, 0, 2, new InetSocketAddress("192.0.2.1", 9), out, now);
        StunMessage permission = server.takeAuthentic(Turn.CREATE_PERMISSION);
        StunMessage channel = server.takeAuthentic(Turn.CHANNEL_BIND);
        server.challenge(permission, 438, "n4", now);
        server.challenge(channel, 438, "n4", now);
        server.grant(server.takeAuthentic(Turn.CREATE_PERMISSION), now);
        server.grant(server.takeAuthentic(Turn.CHANNEL_BIND), now);
        assertNull(client.poll());
    }

    @Test
    void noncesThatAreAlwaysStaleComeToAnEnd() {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n0", now);
        int requests = 1;
        for (byte[] sent = client.transmit(); sent != null; sent = client.transmit()) {
            requests++;
            assertTrue(requests < 10);
            server.challenge(FakeTurnServer.decode(sent), 438, "n" + requests, now);
        }
        assertFailed(438);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 437, 441, 442, 486, 500, 508})
    void aRefusalIsToldWithItsCode(int errorCode) {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n1", now);
        server.refuse(server.takeAuthentic(Turn.ALLOCATE), errorCode, now);
        assertFailed(errorCode);
    }

    @Test
    void anotherServerIsPassedOn() {
        InetSocketAddress other = new InetSocketAddress("198.51.100.7", 3_478);
        client.allocate(IpVersion.IPV4, now);
        StunMessage request = server.take(Turn.ALLOCATE);
        server.refuse(
                request,
                300,
                now,
                response -> response.attribute(
                        Turn.ALTERNATE_SERVER, new byte[] {0, 1, 0x0D, (byte) 0x96, (byte) 198, 51, 100, 7}));
        assertEquals(new TurnEvent.Redirected(other), client.poll());
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
    }

    @Test
    void anotherServerWithoutAnAddressIsARefusal() {
        client.allocate(IpVersion.IPV4, now);
        server.refuse(server.take(Turn.ALLOCATE), 300, now);
        assertFailed(300);
    }

    @Test
    void requestsAreRepeatedAsTheStandardSays() {
        long start = now;
        client.allocate(IpVersion.IPV4, now);
        byte[] first = client.transmit();
        List<Long> times = new ArrayList<>();
        while (client.nextTimeout() != Long.MAX_VALUE) {
            now = client.nextTimeout();
            client.onTimeout(now);
            byte[] again = client.transmit();
            if (again != null) {
                assertArrayEquals(first, again);
                times.add(TimeUnit.NANOSECONDS.toMillis(now - start));
            }
        }
        assertEquals(List.of(500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L), times); // RFC 8489 §6.2.1
        assertEquals(39_500, TimeUnit.NANOSECONDS.toMillis(now - start));
        assertFailed(701);
    }

    @Test
    void overAStreamRequestsAreSentOnce() {
        client = new TurnClient(Link.STREAM, "mia", "secret", RelayRenewal.STANDARD, new Random(1));
        server = new FakeTurnServer(client, "mia", "secret");
        client.allocate(IpVersion.IPV4, now);
        server.take(Turn.ALLOCATE);
        pass(39);
        server.takeNothing();
        assertNull(client.poll());
        pass(1);
        assertFailed(701);
    }

    @Test
    void aForgedAnswerChangesNothing() {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n1", now);
        StunMessage request = server.takeAuthentic(Turn.ALLOCATE);
        FakeTurnServer forger = new FakeTurnServer(client, "mia", "guess");
        forger.grantAllocation(request, 600, now); // A <- success, another key <- X
        assertNull(client.poll());
        server.grantAllocation(request, 600, now);
        assertInstanceOf(TurnEvent.Allocated.class, client.poll());
        server.grantAllocation(request, 600, now); // a duplicate
        assertNull(client.poll());
        assertEquals(2, client.dropped());
    }

    @Test
    void anAnswerWithoutAddressesIsOfNoUse() {
        client.allocate(IpVersion.IPV4, now);
        server.challenge(server.take(Turn.ALLOCATE), 401, "n1", now);
        server.grant(server.takeAuthentic(Turn.ALLOCATE), now);
        assertFailed(701);
    }

    @Test
    void itIsRefreshedAMinuteBeforeItsEnd() {
        server.allocate(600, now);
        pass(539);
        server.takeNothing();
        pass(1);
        StunMessage refresh = server.takeAuthentic(Turn.REFRESH);
        assertArrayEquals(integer(600), refresh.other(Turn.LIFETIME));
        server.grant(refresh, now, response -> response.attribute(Turn.LIFETIME, integer(1_000)));
        pass(939);
        server.takeNothing();
        pass(1);
        server.takeAuthentic(Turn.REFRESH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 119})
    void aShortLifetimeIsRefreshedHalfway(int lifetimeSeconds) {
        server.allocate(lifetimeSeconds, now);
        pass(Math.max(1, lifetimeSeconds / 2));
        server.takeAuthentic(Turn.REFRESH);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 437, 500})
    void aRefusedRefreshIsTheEnd(int errorCode) {
        server.allocate(600, now);
        pass(540);
        server.refuse(server.takeAuthentic(Turn.REFRESH), errorCode, now);
        assertFailed(errorCode);
    }

    @Test
    void aServerThatDiesIsNoticedAtTheRefresh() {
        server.allocate(600, now);
        pass(540);
        for (byte[] sent = client.transmit(); sent != null; sent = client.transmit()) {
            FakeTurnServer.decode(sent);
        }
        pass(40);
        for (int i = 0; i < 6; i++) {
            server.take(Turn.REFRESH);
        }
        assertFailed(701);
    }

    @Test
    void itIsGivenBack() {
        server.allocate(600, now);
        client.release(now);
        StunMessage release = server.takeAuthentic(Turn.REFRESH);
        assertArrayEquals(integer(0), release.other(Turn.LIFETIME));
        assertNull(client.poll());
        server.challenge(release, 438, "n2", now); // A <- 438 <- T: once more, then
        server.grant(server.takeAuthentic(Turn.REFRESH), now);
        assertInstanceOf(TurnEvent.Released.class, client.poll());
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
    }

    @Test
    void itIsGivenBackWithinASecondWhateverTheServerDoes() {
        server.allocate(600, now);
        client.release(now);
        pass(1);
        assertInstanceOf(TurnEvent.Released.class, client.poll());
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
    }

    @Test
    void overAStreamItIsGivenBackAtOnce() {
        client = new TurnClient(Link.STREAM, "mia", "secret", RelayRenewal.STANDARD, new Random(1));
        server = new FakeTurnServer(client, "mia", "secret");
        server.allocate(600, now);
        client.release(now);
        server.takeAuthentic(Turn.REFRESH);
        assertInstanceOf(TurnEvent.Released.class, client.poll());
    }

    @Test
    void givenUpBeforeThereIsAnAllocationItJustEnds() {
        client.allocate(IpVersion.IPV4, now);
        client.release(now);
        assertInstanceOf(TurnEvent.Released.class, client.poll());
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
    }

    @Test
    void credentialsMayBeLongAndOfAnyLetters() {
        String username = "grüße:" + "x".repeat(480) + ":猫";
        String password = "\u00A0p:ä\u0308" + "y".repeat(500);
        client = new TurnClient(Link.DATAGRAMS, username, password, RelayRenewal.STANDARD, new Random(1));
        server = new FakeTurnServer(client, username, password);
        server.allocate(600, now);
    }
}
