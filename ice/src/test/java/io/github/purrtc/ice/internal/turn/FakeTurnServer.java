package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** T, the server at the other end of a client A, as each test wants it to answer. */
final class FakeTurnServer {
    static final InetSocketAddress RELAYED = new InetSocketAddress("198.51.100.1", 49_152);
    static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.9", 4_444);
    static final String REALM = "purrtc.test";

    final ShortTermKey key;
    String nonce = "n1";
    private final TurnClient client;

    FakeTurnServer(TurnClient client, String username, String password) {
        this.client = client;
        this.key = ShortTermKey.longTerm(username, REALM, password);
    }

    /** A -> request -> T, the next one, of that method. */
    StunMessage take(int method) {
        StunMessage request = decode(client.transmit());
        assertEquals(method, request.method());
        assertEquals(StunClass.REQUEST, request.messageClass());
        return request;
    }

    /** A -> request with credentials -> T. */
    StunMessage takeAuthentic(int method) {
        StunMessage request = take(method);
        assertEquals(REALM, request.realm());
        assertEquals(nonce, new String(request.nonce(), StandardCharsets.US_ASCII));
        assertEquals(true, request.isAuthentic(key));
        return request;
    }

    void takeNothing() {
        assertNull(client.transmit());
    }

    static StunMessage decode(byte[] bytes) {
        assertNotNull(bytes, "nothing was sent");
        return assertInstanceOf(StunMessage.class, StunDecoder.decode(ByteBuffer.wrap(bytes)));
    }

    /** A <- success <- T. */
    void grant(StunMessage request, long now, UnaryOperator<StunEncoder> attributes) {
        StunEncoder response = new StunEncoder(StunClass.SUCCESS, request.method(), request.id());
        deliver(attributes.apply(response).integrity(key).toBytes(), now);
    }

    void grant(StunMessage request, long now) {
        grant(request, now, response -> response);
    }

    void grantAllocation(StunMessage request, int lifetimeSeconds, long now) {
        grant(
                request,
                now,
                response -> response.xorAddress(Turn.XOR_RELAYED_ADDRESS, RELAYED)
                        .xorMappedAddress(MAPPED)
                        .attribute(Turn.LIFETIME, integer(lifetimeSeconds)));
    }

    /** A <- error <- T. */
    void refuse(StunMessage request, int errorCode, long now, UnaryOperator<StunEncoder> attributes) {
        StunEncoder response =
                new StunEncoder(StunClass.ERROR, request.method(), request.id()).errorCode(errorCode, "No");
        deliver(attributes.apply(response).toBytes(), now);
    }

    void refuse(StunMessage request, int errorCode, long now) {
        refuse(request, errorCode, now, response -> response);
    }

    /** A <- 401 or 438, realm and nonce <- T. */
    void challenge(StunMessage request, int errorCode, String newNonce, long now) {
        nonce = newNonce;
        refuse(
                request,
                errorCode,
                now,
                response -> response.attribute(Stun.REALM, REALM.getBytes(StandardCharsets.UTF_8))
                        .attribute(Stun.NONCE, nonce.getBytes(StandardCharsets.US_ASCII)));
    }

    void deliver(byte[] bytes, long now) {
        assertNull(client.receive(ByteBuffer.wrap(bytes), now));
    }

    /** A -> Allocate -> T, A <- 401 <- T, A -> Allocate -> T, A <- success <- T. */
    void allocate(int lifetimeSeconds, long now) {
        client.allocate(IpVersion.IPV4, now);
        challenge(take(Turn.ALLOCATE), 401, nonce, now);
        grantAllocation(takeAuthentic(Turn.ALLOCATE), lifetimeSeconds, now);
        assertEquals(new TurnEvent.Allocated(RELAYED, MAPPED), client.poll());
        takeNothing();
    }

    static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
