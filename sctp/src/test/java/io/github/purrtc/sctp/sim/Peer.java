package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.SendStatus;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One end: an association with its driver, which checks after every event what must hold. */
final class Peer {
    /** Room in front of a packet and behind it, which is not the association's. */
    private static final int GUARD = 8;

    final String name;
    private final SctpOptions options;
    private final RandomGenerator random;
    private final SimulatedLink out;
    private final Ledger outbound;
    private final Ledger inbound;
    private final ByteBuffer packet;
    private final Map<Integer, Long> acceptedBytes = new HashMap<>();
    private final Set<Integer> resetting = new HashSet<>();
    private final List<String> story = new ArrayList<>();
    private final SendingRules sendingRules;
    private final OpenSends openSends;
    private final Lifecycles lifecycles = new Lifecycles();

    private SctpAssociation association;
    private @Nullable WireObserver observer;
    private boolean connected;
    private boolean ended;
    private @Nullable SctpEvent end;
    private boolean readsSlowly;
    private boolean mayAbandon;

    Peer(String name, SctpOptions options, RandomGenerator random, SimulatedLink out, Ledger outbound, Ledger inbound) {
        this.name = name;
        this.options = options;
        this.random = random;
        this.out = out;
        this.outbound = outbound;
        this.inbound = inbound;
        packet = ByteBuffer.allocate(options.maxPacketSize() + 2 * GUARD);
        sendingRules = new SendingRules(name, options.maxPacketSize());
        openSends = new OpenSends(name, outbound, lifecycles);
        association = new SctpAssociation(options, random);
        observer = new WireObserver(options.basePacketSize());
    }

    void connect(long now) {
        association.connect(now);
        drain(now);
    }

    /** The process died and another takes its place. */
    void restart(long now) {
        outbound.releaseFromReliability();
        inbound.receiverRestarted();
        openSends.dropAll();
        lifecycles.clear();
        association = new SctpAssociation(options, random);
        observer = new WireObserver(options.basePacketSize());
        acceptedBytes.clear();
        resetting.clear();
        connected = false;
        ended = false;
        end = null;
        connect(now);
    }

    boolean send(int streamId, int ppid, byte[] content, SctpSendOptions sendOptions, long now) {
        if (resetting.contains(streamId) || openSends.isOpen(streamId)) {
            return false;
        }
        SctpState before = association.state();
        long buffered = association.bufferedAmount(streamId);
        SctpSendOptions named = lifecycles.name(sendOptions);
        SendStatus status = association.send(streamId, ppid, ByteBuffer.wrap(content), named, now);
        boolean queued = status == SendStatus.QUEUED;
        assertTrue(
                before != SctpState.ESTABLISHED || ended || queued || status == SendStatus.BUFFER_FULL,
                () -> name + ": " + status + " while established");
        assertEquals(
                buffered + (queued ? content.length : 0),
                association.bufferedAmount(streamId),
                "bufferedAmount after send");
        if (queued) {
            outbound.accepted(streamId, ppid, content, sendOptions);
            lifecycles.accepted(named);
            acceptedBytes.merge(streamId, (long) content.length, Long::sum);
            mayAbandon |= sendOptions.maxRetransmits() >= 0 || sendOptions.lifetimeNanos() >= 0;
        }
        drain(now);
        return queued;
    }

    /** Begins a message whose parts are sent by {@link #sendPart}. */
    void beginMessage(int streamId, int ppid, byte[] content, SctpSendOptions sendOptions, int firstPart, long now) {
        if (!resetting.contains(streamId) && !openSends.isOpen(streamId)) {
            mayAbandon |= sendOptions.maxRetransmits() >= 0 || sendOptions.lifetimeNanos() >= 0;
            openSends.begin(streamId, ppid, content, lifecycles.name(sendOptions));
            sendPart(streamId, firstPart, now);
        }
    }

    /** Sends a part of the message that is open on the stream; how many bytes were accepted. */
    int sendPart(int streamId, int size, long now) {
        int sent = openSends.sendPart(association, streamId, size, now);
        acceptedBytes.merge(streamId, (long) sent, Long::sum);
        drain(now);
        return sent;
    }

    void abandonMessage(int streamId, long now) {
        mayAbandon = true;
        openSends.abandon(association, streamId, now);
        drain(now);
    }

    OpenSends openSends() {
        return openSends;
    }

    void receiveInParts(int streamId, boolean inParts, long now) {
        association.setReceiveInParts(streamId, inParts);
        drain(now);
    }

    void resetStream(int streamId, long now) {
        if (association.state() == SctpState.ESTABLISHED && resetting.add(streamId)) {
            outbound.reset(streamId);
            association.resetStreams(new int[] {streamId}, now);
            drain(now);
        }
    }

    void shutdown(long now) {
        mayAbandon |= !openSends.isEmpty();
        association.shutdown(now);
        drain(now);
    }

    void abort(long now) {
        outbound.releaseFromReliability();
        inbound.releaseFromReliability();
        association.abort("enough", now);
        drain(now);
    }

    void onTimeout(long now) {
        association.onTimeout(now);
        drain(now);
        assertTrue(association.nextTimeout() > now, () -> name + ": the timer that fired is armed in the past");
    }

    void receive(List<byte[]> burst, long now) {
        for (byte[] bytes : burst) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
            if (observer != null) {
                observer.received(bytes);
            }
            association.receive(buffer, now);
            // The content of a packet is only valid during the call.
            Arrays.fill(buffer.array(), (byte) 0xDD);
        }
        association.endOfBurst(now);
        drain(now);
    }

    void readsSlowly(boolean slowly, long now) {
        readsSlowly = slowly;
        drain(now);
    }

    /** Takes one message, if there is one. */
    void readOne(long now) {
        SctpMessage message = association.nextMessage();
        if (message != null) {
            inbound.received(message);
        }
        drain(now);
    }

    SctpAssociation association() {
        return association;
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    SctpEvent end() {
        return end;
    }

    boolean isIdle() {
        for (int streamId : acceptedBytes.keySet()) {
            if (association.bufferedAmount(streamId) != 0) {
                return false;
            }
        }
        return resetting.isEmpty() && openSends.isEmpty() && lifecycles.areTold();
    }

    long nextTimeout() {
        return association.nextTimeout();
    }

    String story() {
        return name + ": " + association.state() + " " + story + " buffered "
                + acceptedBytes.keySet().stream()
                        .filter(id -> association.bufferedAmount(id) > 0)
                        .map(id -> id + "=" + association.bufferedAmount(id))
                        .toList()
                + " resetting " + resetting + " " + lifecycles + " next timeout " + nextTimeout() + " "
                + association.metrics();
    }

    private void drain(long now) {
        sendingRules.begin(association.metrics());
        boolean busy = true;
        while (busy) {
            busy = pollEvents();
            if (!readsSlowly) {
                busy |= pullMessages();
            }
            busy |= transmitAll(now);
        }
        if (!openSends.isEmpty() && takesNoMore()) {
            mayAbandon = true;
            openSends.dropAll();
        }
        checkInvariants();
    }

    /** Whether the association is ended or on its way to it: what is open was given up. */
    private boolean takesNoMore() {
        return switch (association.state()) {
            case COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED -> false;
            case CLOSED -> ended;
            default -> true;
        };
    }

    private boolean pollEvents() {
        boolean any = false;
        for (SctpEvent event = association.poll(); event != null; event = association.poll()) {
            any = true;
            assertFalse(ended, name + ": an event after the last: " + event);
            on(event);
        }
        return any;
    }

    private void on(SctpEvent event) {
        if (!lifecycles.on(event)) {
            story.add(event.toString());
        }
        if (event instanceof SctpEvent.Connected) {
            assertFalse(connected, name + ": connected twice");
            connected = true;
        } else if (event instanceof SctpEvent.Restarted) {
            // From here on the TSNs are others, and what was outstanding is sent anew.
            observer = null;
            outbound.releaseFromReliability();
            mayAbandon = true;
            resetting.clear();
        } else if (event instanceof SctpEvent.Closed) {
            ended = true;
            end = event;
        } else if (event instanceof SctpEvent.Aborted) {
            outbound.releaseFromReliability();
            inbound.releaseFromReliability();
            ended = true;
            end = event;
        } else if (event instanceof SctpEvent.IncomingStreamsReset reset) {
            for (int streamId : reset.streamIds()) {
                inbound.sawReset(streamId);
            }
        } else if (event instanceof SctpEvent.OutgoingStreamsReset reset) {
            for (int streamId : reset.streamIds()) {
                assertTrue(resetting.remove(streamId), name + ": stream " + streamId + " reset unasked");
            }
        } else if (event instanceof SctpEvent.OutgoingResetFailed reset) {
            for (int streamId : reset.streamIds()) {
                assertTrue(resetting.remove(streamId), name + ": stream " + streamId + " failed to be reset unasked");
                outbound.resetFailed(streamId);
            }
        }
    }

    private boolean pullMessages() {
        boolean any = false;
        for (SctpMessage message = association.nextMessage(); message != null; message = association.nextMessage()) {
            any = true;
            inbound.received(message);
        }
        return any;
    }

    private boolean transmitAll(long now) {
        boolean any = false;
        packet.clear().position(GUARD);
        while (association.transmit(packet, now)) {
            any = true;
            sendingRules.onPacket(association.metrics());
            int length = packet.position() - GUARD;
            assertTrue(length <= options.maxPacketSize(), () -> name + ": a packet of " + length + " bytes");
            assertEquals(0, length % 4, "packet length");
            assertTrue(
                    association.wroteProbe() || length <= largestForData(),
                    () -> name + ": a packet of " + length + " bytes that was not probed for");
            byte[] sent = Arrays.copyOfRange(packet.array(), GUARD, GUARD + length);
            if (observer != null) {
                observer.sent(sent);
            }
            out.send(sent, now);
            packet.clear().position(GUARD);
        }
        assertEquals(GUARD, packet.position(), "transmit returned false and wrote");
        return any;
    }

    private int largestForData() {
        return Math.max(options.basePacketSize(), association.metrics().pathMtu());
    }

    private void checkInvariants() {
        long buffered = 0;
        for (Map.Entry<Integer, Long> accepted : acceptedBytes.entrySet()) {
            long ofStream = association.bufferedAmount(accepted.getKey());
            buffered += ofStream;
            assertTrue(ofStream >= 0 && ofStream <= accepted.getValue(), () -> name + ": bufferedAmount " + ofStream);
            // The last event may wait behind that of a reset until messages are taken; nothing is buffered then.
            if (observer != null && !mayAbandon && association.state() != SctpState.CLOSED) {
                observer.checkBufferedAmount(accepted.getKey(), accepted.getValue(), ofStream);
            }
        }
        checkMetrics(buffered);
        if (ended) {
            assertEquals(Long.MAX_VALUE, association.nextTimeout(), name + ": a timer after the end");
            assertEquals(SctpState.CLOSED, association.state(), name);
        } else if (openSends.isEmpty()) {
            // Else what is buffered may wait for the next part of a message.
            if (buffered > 0 && association.state() != SctpState.CLOSED) {
                assertTrue(association.nextTimeout() != Long.MAX_VALUE, () -> name + ": data outstanding and no timer");
            }
            sendingRules.atRest(association.state(), association.metrics());
        }
    }

    private void checkMetrics(long buffered) {
        SctpMetrics metrics = association.metrics();
        assertEquals(buffered, metrics.bufferedBytes(), name + ": bufferedBytes is the sum of all streams");
        assertTrue(
                metrics.inFlightBytes() >= 0
                        && metrics.unsentBytes() >= 0
                        && metrics.inFlightBytes() + metrics.unsentBytes() <= buffered,
                () -> name + ": of " + buffered + " buffered are in flight " + metrics.inFlightBytes() + " and unsent "
                        + metrics.unsentBytes());
        assertTrue(metrics.heldBytes() >= 0, () -> name + ": held bytes " + metrics.heldBytes());
    }
}
