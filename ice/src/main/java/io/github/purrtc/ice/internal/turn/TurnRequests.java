package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The requests under way: encoded, sent again while there is no answer, and told from each other. */
final class TurnRequests {
    /** RFC 8489 §6.2.1: RTO, Rc and Rm; §6.2.2: Ti. */
    static final long INITIAL_RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    static final int MOST_TRANSMISSIONS = 7;
    static final int LAST_WAIT_FACTOR = 16;
    static final long STREAM_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(39_500);

    /** RFC 8656 §7.2: what is asked for; the server may say less. */
    private static final int LIFETIME_SECONDS = 600;

    private final Link link;
    private final Authentication authentication;
    private final RandomGenerator random;
    private final Map<TransactionId, TurnRequest> underWay = new HashMap<>();
    private final Queue<byte[]> outgoing = new ArrayDeque<>();
    private IpVersion relayed = IpVersion.IPV4;

    TurnRequests(Link link, Authentication authentication, RandomGenerator random) {
        this.link = link;
        this.authentication = authentication;
        this.random = random;
    }

    /** What version the relayed address is to be of. */
    void relayed(IpVersion value) {
        relayed = value;
    }

    void send(TurnRequest request, long now) {
        request.id = TransactionId.random(random);
        request.authenticated = authentication.isChallenged();
        request.bytes = encode(request);
        request.transmissions = 1;
        request.rtoNanos = INITIAL_RTO_NANOS;
        request.timeoutNanos = now + (link == Link.STREAM ? STREAM_TIMEOUT_NANOS : INITIAL_RTO_NANOS);
        underWay.put(request.id, request);
        outgoing.add(request.bytes);
    }

    private byte[] encode(TurnRequest request) {
        StunEncoder message = new StunEncoder(StunClass.REQUEST, request.kind.method, request.id);
        TurnPeer peer = request.peer;
        switch (request.kind) {
            case ALLOCATE -> {
                message.attribute(Turn.REQUESTED_TRANSPORT, Turn.requestedUdp())
                        .attribute(Turn.LIFETIME, integer(LIFETIME_SECONDS));
                if (relayed == IpVersion.IPV6) { // RFC 8656 §7.1: without it, IPv4
                    message.attribute(Turn.REQUESTED_ADDRESS_FAMILY, Turn.requestedIpv6());
                }
            }
            case REFRESH -> message.attribute(Turn.LIFETIME, integer(LIFETIME_SECONDS));
            case RELEASE -> message.attribute(Turn.LIFETIME, integer(0));
            case PERMISSION, CHANNEL -> {
                if (peer == null) {
                    throw new IllegalStateException("a " + request.kind + " request is for a peer");
                }
                if (request.kind == TurnRequest.Kind.CHANNEL) {
                    message.attribute(Turn.CHANNEL_NUMBER, integer(peer.channel << 16));
                }
                message.xorAddress(Turn.XOR_PEER_ADDRESS, peer.address);
            }
        }
        authentication.sign(message);
        return message.toBytes();
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** The request that a response belongs to, under way no longer; null if there is none, or the response is forged. */
    @Nullable
    TurnRequest take(StunMessage response) {
        TurnRequest request = underWay.get(response.id());
        if (request == null || request.kind.method != response.method() || !mayBelieve(request, response)) {
            return null;
        }
        underWay.remove(response.id());
        return request;
    }

    /**
     * RFC 8489 §9.2.5: what answers a request with credentials is authentic. Servers leave integrity out of some errors,
     * which the transaction id has to vouch for.
     */
    private boolean mayBelieve(TurnRequest request, StunMessage response) {
        if (!request.authenticated || (response.messageClass() == StunClass.ERROR && !response.hasIntegrity())) {
            return true;
        }
        return authentication.isAuthentic(response) || isChallenge(response);
    }

    private static boolean isChallenge(StunMessage response) {
        return response.errorCode() == Turn.UNAUTHENTICATED || response.errorCode() == Turn.STALE_NONCE;
    }

    /** Sends again what is due; gives what was never answered. */
    List<TurnRequest> onTimeout(long now) {
        List<TurnRequest> unanswered = new ArrayList<>(0);
        for (TurnRequest request : List.copyOf(underWay.values())) {
            if (request.timeoutNanos - now > 0) {
                continue;
            }
            if (link == Link.STREAM || request.transmissions == MOST_TRANSMISSIONS) {
                underWay.remove(request.id);
                unanswered.add(request);
            } else {
                sendAgain(request, now);
            }
        }
        return unanswered;
    }

    private void sendAgain(TurnRequest request, long now) {
        request.transmissions++;
        request.rtoNanos *= 2;
        boolean last = request.transmissions == MOST_TRANSMISSIONS;
        request.timeoutNanos = now + (last ? LAST_WAIT_FACTOR * INITIAL_RTO_NANOS : request.rtoNanos);
        outgoing.add(request.bytes);
    }

    long nextTimeout() {
        long next = Long.MAX_VALUE;
        for (TurnRequest request : underWay.values()) {
            next = Math.min(next, request.timeoutNanos);
        }
        return next;
    }

    byte @Nullable [] transmit() {
        return outgoing.poll();
    }

    void clear() {
        underWay.clear();
    }
}
