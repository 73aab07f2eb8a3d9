package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One allocation at a TURN server (RFC 8656), for UDP towards the peers.
 *
 * <p>It has no socket, thread or clock. After each verb the caller drains {@link #transmit} and {@link #poll} until they
 * give null, and sees to it that {@link #onTimeout} is called at {@link #nextTimeout}. Times are nanoseconds of any one
 * monotonic clock. All calls come from one thread.
 */
public final class TurnClient {
    /** What {@link #frame} adds at most: a Send indication with an IPv6 address, and padding. */
    public static final int MOST_OVERHEAD = 20 + 24 + 4 + 3;

    /** RFC 8489 §9.2.5 asks for one attempt more; a nonce may grow old again meanwhile, but not for ever. */
    private static final int MOST_CHALLENGES = 3;

    private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LAST_STUN_BYTE = 3;

    private enum State {
        NEW,
        ALLOCATING,
        ALLOCATED,
        RELEASING,
        ENDED
    }

    private final Link link;
    private final RandomGenerator random;
    private final Authentication authentication;
    private final TurnRequests requests;
    private final TurnPeers peers;
    private final Queue<TurnEvent> events = new ArrayDeque<>();
    private State state = State.NEW;
    private long refreshNanos = Long.MAX_VALUE;
    private long releaseEndsNanos = Long.MAX_VALUE;
    private ByteBuffer payload = ByteBuffer.allocate(0);
    private long dropped;

    /** @param random unpredictable in production: transaction ids come from it */
    public TurnClient(Link link, String username, String password, RelayRenewal renewal, RandomGenerator random) {
        this.link = link;
        this.peers = new TurnPeers(renewal);
        this.random = random;
        this.authentication = new Authentication(username, password);
        this.requests = new TurnRequests(link, authentication, random);
    }

    /**
     * Asks for the allocation.
     *
     * @param relayed the version of IP between the server and the peers
     */
    public void allocate(IpVersion relayed, long now) {
        if (state == State.NEW) {
            requests.relayed(relayed);
            state = State.ALLOCATING;
            send(new TurnRequest(TurnRequest.Kind.ALLOCATE, null), now);
        }
    }

    /**
     * One whole message of the server: STUN or ChannelData. Never throws, whatever it is.
     *
     * @return the peer that what is now in {@link #payload} came from, or null if it was no data
     */
    public @Nullable InetSocketAddress receive(ByteBuffer message, long now) {
        if (state == State.ENDED || !message.hasRemaining()) {
            return drop();
        }
        if (Turn.isChannelData(message.get(message.position()) & 0xFF)) {
            return receiveChannelData(message);
        }
        if (!(StunDecoder.decode(message) instanceof StunMessage stun)) {
            return drop();
        }
        switch (stun.messageClass()) {
            case SUCCESS, ERROR -> receiveResponse(stun, now);
            case INDICATION -> {
                return receiveIndication(stun);
            }
            case REQUEST -> drop();
        }
        return null;
    }

    /** The data that came with the last call of {@link #receive}; valid as long as that message. */
    public ByteBuffer payload() {
        return payload;
    }

    private @Nullable InetSocketAddress receiveChannelData(ByteBuffer message) {
        int start = message.position();
        if (state != State.ALLOCATED || message.remaining() < Turn.CHANNEL_DATA_HEADER) {
            return drop();
        }
        TurnPeer peer = peers.ofChannel(message.getShort(start) & 0xFFFF);
        int length = message.getShort(start + 2) & 0xFFFF;
        if (peer == null || length > message.remaining() - Turn.CHANNEL_DATA_HEADER) {
            return drop();
        }
        int from = start + Turn.CHANNEL_DATA_HEADER;
        payload = message.limit(from + length).position(from);
        return peer.address;
    }

    private @Nullable InetSocketAddress receiveIndication(StunMessage indication) {
        InetSocketAddress source = indication.otherXorAddress(Turn.XOR_PEER_ADDRESS);
        byte[] data = indication.other(Turn.DATA);
        // RFC 8656 §11.4: only of peers that were permitted.
        if (state != State.ALLOCATED
                || indication.method() != Turn.DATA_METHOD
                || source == null
                || data == null
                || !peers.isPermitted(source.getAddress())) {
            return drop();
        }
        payload = ByteBuffer.wrap(data);
        return source;
    }

    private void receiveResponse(StunMessage response, long now) {
        TurnRequest request = requests.take(response);
        if (request == null) {
            drop();
            return;
        }
        if (response.messageClass() == StunClass.SUCCESS) {
            succeeded(request, response, now);
        } else if (isToBeRepeated(request, response)) {
            request.challenges++;
            send(request, now);
        } else {
            failed(request, response.errorCode(), response.errorReason(), response, now);
        }
    }

    private boolean isToBeRepeated(TurnRequest request, StunMessage response) {
        boolean challenge = response.errorCode() == Turn.STALE_NONCE
                || (response.errorCode() == Turn.UNAUTHENTICATED && !request.authenticated);
        return challenge && request.challenges < MOST_CHALLENGES && authentication.challenge(response);
    }

    private void succeeded(TurnRequest request, StunMessage response, long now) {
        TurnPeer peer = request.peer;
        switch (request.kind) {
            case ALLOCATE -> allocated(response, now);
            case REFRESH -> scheduleRefresh(response, now);
            case RELEASE -> end(new TurnEvent.Released());
            case PERMISSION -> {
                if (peer != null) {
                    peers.permissionAnswered(peer, true, now);
                }
            }
            case CHANNEL -> {
                if (peer != null) {
                    peers.channelAnswered(peer, true, now);
                }
            }
        }
    }

    private void allocated(StunMessage response, long now) {
        InetSocketAddress relayed = response.otherXorAddress(Turn.XOR_RELAYED_ADDRESS);
        InetSocketAddress mapped = response.mappedAddress();
        if (relayed == null || mapped == null) {
            end(new TurnEvent.Failed(TurnEvent.UNREACHABLE, "the server's answer lacks an address"));
            return;
        }
        state = State.ALLOCATED;
        scheduleRefresh(response, now);
        events.add(new TurnEvent.Allocated(relayed, mapped));
    }

    /** RFC 8656 §8: a minute before the end, or halfway where there is no minute; at most once a second. */
    private void scheduleRefresh(StunMessage response, long now) {
        byte[] value = response.other(Turn.LIFETIME);
        long seconds =
                value != null && value.length == 4 ? ByteBuffer.wrap(value).getInt() & 0xFFFF_FFFFL : 0;
        long delay = seconds >= 120 ? seconds - 60 : Math.max(1, seconds / 2);
        refreshNanos = now + TimeUnit.SECONDS.toNanos(delay);
    }

    private void failed(TurnRequest request, int errorCode, String reason, @Nullable StunMessage response, long now) {
        TurnPeer peer = request.peer;
        if (request.kind == TurnRequest.Kind.RELEASE) {
            end(new TurnEvent.Released());
        } else if (peer == null || errorCode == Turn.ALLOCATION_MISMATCH) {
            InetSocketAddress alternate =
                    request.kind == TurnRequest.Kind.ALLOCATE && errorCode == Turn.TRY_ALTERNATE && response != null
                            ? response.otherAddress(Turn.ALTERNATE_SERVER)
                            : null;
            end(alternate != null ? new TurnEvent.Redirected(alternate) : new TurnEvent.Failed(errorCode, reason));
        } else if (request.kind == TurnRequest.Kind.PERMISSION) {
            peers.permissionAnswered(peer, false, now);
        } else {
            // Send indications will do.
            peers.channelAnswered(peer, false, now);
        }
    }

    /**
     * Lays a datagram for a peer into a buffer, as the server wants to have it; asks the server for what that takes.
     *
     * @param out with room for the datagram and {@link #MOST_OVERHEAD}
     * @return how much of the buffer is to be sent, after what {@link #transmit} gives; 0 if the datagram is dropped
     */
    public int frame(byte[] data, int offset, int length, InetSocketAddress destination, byte[] out, long now) {
        TurnPeer peer = state == State.ALLOCATED ? peers.find(destination, now) : null;
        if (peer == null || peer.permission.grant == TurnPeer.Grant.REFUSED) {
            dropped++;
            return 0;
        }
        peer.permission.lastUsedNanos = now;
        if (peer.channelGrant == TurnPeer.Grant.GRANTED) {
            return channelData(peer.channel, data, offset, length, out);
        }
        askFor(peer, data[offset] >= 0 && data[offset] <= LAST_STUN_BYTE, now);
        return sendIndication(peer, data, offset, length, out);
    }

    /** A permission for the checks; a channel as soon as there is more. */
    private void askFor(TurnPeer peer, boolean onlyChecks, long now) {
        if (peer.permission.grant == TurnPeer.Grant.NONE) {
            peer.permission.grant = TurnPeer.Grant.ASKED;
            send(new TurnRequest(TurnRequest.Kind.PERMISSION, peer), now);
        }
        if (!onlyChecks && peer.channelGrant == TurnPeer.Grant.NONE && peers.number(peer)) {
            peer.channelGrant = TurnPeer.Grant.ASKED;
            send(new TurnRequest(TurnRequest.Kind.CHANNEL, peer), now);
        }
    }

    private int channelData(int channel, byte[] data, int offset, int length, byte[] out) {
        out[0] = (byte) (channel >> 8);
        out[1] = (byte) channel;
        out[2] = (byte) (length >> 8);
        out[3] = (byte) length;
        System.arraycopy(data, offset, out, Turn.CHANNEL_DATA_HEADER, length);
        int end = Turn.CHANNEL_DATA_HEADER + length;
        if (link == Link.DATAGRAMS) {
            return end;
        }
        int padded = (end + 3) & ~3;
        Arrays.fill(out, end, padded, (byte) 0);
        return padded;
    }

    private int sendIndication(TurnPeer peer, byte[] data, int offset, int length, byte[] out) {
        byte[] content = Arrays.copyOfRange(data, offset, offset + length);
        byte[] message = new StunEncoder(StunClass.INDICATION, Turn.SEND, TransactionId.random(random))
                .xorAddress(Turn.XOR_PEER_ADDRESS, peer.address)
                .attribute(Turn.DATA, content)
                .toBytes();
        System.arraycopy(message, 0, out, 0, message.length);
        return message.length;
    }

    private void send(TurnRequest request, long now) {
        requests.send(request, now);
    }

    public void onTimeout(long now) {
        if (releaseEndsNanos <= now) {
            end(new TurnEvent.Released());
        }
        for (TurnRequest request : requests.onTimeout(now)) {
            failed(request, TurnEvent.UNREACHABLE, "no answer", null, now);
        }
        if (state != State.ALLOCATED) {
            return;
        }
        if (refreshNanos <= now) {
            refreshNanos = Long.MAX_VALUE;
            send(new TurnRequest(TurnRequest.Kind.REFRESH, null), now);
        }
        peers.renew(now, (kind, peer) -> send(new TurnRequest(kind, peer), now));
    }

    /** When {@link #onTimeout} is due, {@link Long#MAX_VALUE} for never. */
    public long nextTimeout() {
        if (state == State.ENDED) {
            return Long.MAX_VALUE;
        }
        long next = Math.min(requests.nextTimeout(), releaseEndsNanos);
        return state == State.ALLOCATED ? Math.min(next, Math.min(refreshNanos, peers.nextRenewal())) : next;
    }

    /** Gives the allocation back, within a second; data passes no longer. Over a stream the server learns of its end. */
    public void release(long now) {
        if (state == State.ALLOCATED) {
            requests.clear();
            send(new TurnRequest(TurnRequest.Kind.RELEASE, null), now);
            state = State.RELEASING;
            releaseEndsNanos = now + RELEASE_NANOS;
        }
        if (state != State.RELEASING || link == Link.STREAM) {
            end(new TurnEvent.Released());
        }
    }

    private void end(TurnEvent last) {
        if (state != State.ENDED) {
            state = State.ENDED;
            requests.clear();
            events.add(last);
        }
    }

    /** The next message to the server, or null. */
    public byte @Nullable [] transmit() {
        return requests.transmit();
    }

    /** What has happened, or null. */
    public @Nullable TurnEvent poll() {
        return events.poll();
    }

    /** How many messages of the server, and datagrams to peers, were let fall. */
    public long dropped() {
        return dropped;
    }

    private @Nullable InetSocketAddress drop() {
        dropped++;
        return null;
    }
}
