package io.github.purrtc;

import io.github.purrtc.ice.LoopTimer;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.AbortOrigin;
import io.github.purrtc.sctp.PcapngLog;
import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The driver: the one place where the association, the event loop, its timer and the path below meet.
 *
 * <p>All but {@link #send}, {@link #submit} and {@link #hasRoom} belongs to the loop. Whatever happens ends in {@link #pump}: events up, messages up, packets down,
 * the timer.
 */
final class SctpDriver implements MessageTransport {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Packets that go down before the loop may look at its sockets again. */
    private static final int MAX_BURST = 512;

    /** How often a pump may be given more to do while it runs before the loop may look at its sockets again. */
    private static final int MAX_ROUNDS = 4;

    /** Where packets are made, one at a time: the loop's, for all of its connections. */
    private static final ThreadLocal<ByteBuffer> PACKET = ThreadLocal.withInitial(() -> ByteBuffer.allocate(0));

    private static final SctpSendOptions DCEP = SctpSendOptions.RELIABLE_ORDERED.unaccounted();

    private final NetworkLoop loop;
    private final PacketPath path;
    private final SctpAssociation association;
    private final DataChannels channels;
    private final LoopTimer timer;
    private final int maxPacketSize;
    private final ConnectionMemory memory;
    private final SendBuffer sendBuffer;

    private final OutgoingMessages outgoing;

    private final Queue<Outgoing> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpScheduled = new AtomicBoolean();

    /** Unless the user has said how long to wait at first. */
    private final boolean seedsTimers;

    private @Nullable PcapngLog packetLog;
    private volatile long maxMessageSize;
    private Consumer<SctpEvent> observer = event -> {};
    private Pump pump = Pump.IDLE;
    private boolean ended;
    /** Whether it was told that there are streams to send on. */
    private boolean connected;

    /** What the association has of what is in {@link #sendBuffer}, as it was last looked at. */
    private long handedOver;

    private enum Pump {
        IDLE,
        SCHEDULED,
        RUNNING,
        /** A listener or the path below gave it something to do while it ran. */
        RUNNING_AGAIN
    }

    SctpDriver(
            NetworkLoop loop,
            PacketPath path,
            DataChannels channels,
            Configuration configuration,
            AssociationSettings settings,
            ConnectionMemory memory) {
        this.loop = loop;
        this.path = path;
        this.channels = channels;
        this.memory = memory;
        seedsTimers = configuration.initialRetransmissionTimeout() == null;
        sendBuffer = new SendBuffer(configuration.sendBufferLimit(), configuration.maxSendBufferLimit(), memory);
        maxMessageSize = settings.maxMessageSize();
        association = new SctpAssociation(settings.options(configuration, memory), RANDOM);
        packetLog = PacketLogs.open(configuration.packetLog(), loop.nanoTime());
        association.setPacketObserver(packetLog);
        outgoing = new OutgoingMessages(loop, association, channels);
        maxPacketSize = settings.maxPacketSize(configuration);
        timer = loop.newTimer(this::onTimeout);
        channels.attach(this);
        channels.setRole(settings.role());
    }

    /** Lets somebody else see what happens to the association, before the channels do. */
    void observe(Consumer<SctpEvent> value) {
        observer = value;
    }

    /** @param inits what the association begins with in place of a handshake; null for a handshake */
    void connect(@Nullable SctpInits inits) {
        if (seedsTimers) {
            association.expectRoundTrip(path.roundTripNanos());
        }
        if (inits == null) {
            association.connect(loop.nanoTime());
        } else {
            association.connect(inits.own(), inits.peer(), loop.nanoTime());
        }
        pump();
        // What came with the peer's last flight follows, and no socket read ends behind it.
        loop.execute(this::endOfBurst);
    }

    /** A packet of the burst that {@link #endOfBurst} ends. */
    void receive(ByteBuffer packet) {
        association.receive(packet, loop.nanoTime());
    }

    void endOfBurst() {
        association.endOfBurst(loop.nanoTime());
        pump();
    }

    /** Packets go over another pair of candidates from now on. */
    void onPathChange() {
        association.onPathChange();
    }

    /** A running pump goes round again: it may be its own flush that has made room, and nothing else would tell. */
    void onWritable() {
        if (isPumping()) {
            pump = Pump.RUNNING_AGAIN;
        } else {
            pump();
        }
    }

    private void onTimeout() {
        association.onTimeout(loop.nanoTime());
        pump();
    }

    @Override
    public long maxMessageSize() {
        return maxMessageSize;
    }

    void setMaxMessageSize(long bytes) {
        maxMessageSize = bytes;
    }

    @Override
    public void send(
            DataChannel channel,
            int payloadProtocolId,
            ByteBuffer payload,
            int accounted,
            @Nullable CompletableFuture<Void> outcome) {
        int charge = OutgoingMessages.charge(payload);
        if (!sendBuffer.accept(charge)) {
            throw new RtcException(ErrorName.OPERATION_ERROR, sendBuffer.refusal(charge));
        }
        channel.account(accounted);
        if (loop.inLoop() && submitted.isEmpty() && !outgoing.isBusy(channel)) {
            outgoing.handOver(channel, payloadProtocolId, payload, accounted, outcome);
            schedulePump();
        } else {
            submitted.add(new Outgoing.Message(channel, payloadProtocolId, payload.duplicate(), accounted, outcome));
            wakeUp();
        }
    }

    @Override
    public void submit(Outgoing streamed) {
        if (streamed instanceof Outgoing.Part part) {
            sendBuffer.add(OutgoingMessages.charge(part.payload()));
            part.message().channel().account(part.accounted());
        }
        submitted.add(streamed);
        wakeUp();
    }

    @Override
    public boolean hasRoom() {
        return sendBuffer.hasRoom();
    }

    @Override
    public void sendDcep(int streamId, ByteBuffer message) {
        handOverSubmitted();
        association.send(streamId, DataChannel.PPID_DCEP, message, DCEP, loop.nanoTime());
        schedulePump();
    }

    @Override
    public long bufferedAmount(int streamId) {
        return association.bufferedAmount(streamId);
    }

    @Override
    public void setPriority(int streamId, int priority) {
        association.setPriority(streamId, priority);
    }

    @Override
    public void setReceiveInParts(int streamId, boolean inParts) {
        association.setReceiveInParts(streamId, inParts);
    }

    @Override
    public void resetStream(int streamId) {
        handOverSubmitted();
        outgoing.reset(streamId);
        schedulePump();
    }

    @Override
    public void endSources(int streamId, RtcException cause) {
        handOverSubmitted();
        outgoing.endSources(streamId, cause);
        schedulePump();
    }

    /** Ends the association with an ABORT; the packet goes out at once. */
    void abort(String reason) {
        if (!ended) {
            association.abort(reason, loop.nanoTime());
            pump();
        }
    }

    /** Ends without a word to the peer: the transport below is gone. */
    void end(RtcException cause) {
        ended = true;
        timer.cancel();
        outgoing.end(cause);
        memory.end();
        handOverSubmitted();
        PcapngLog log = packetLog;
        packetLog = null;
        if (log != null) {
            PacketLogs.close(log);
        }
    }

    private void wakeUp() {
        if (wakeUpScheduled.compareAndSet(false, true)) {
            loop.execute(this::onWakeUp);
        }
    }

    private void onWakeUp() {
        wakeUpScheduled.set(false);
        pump();
    }

    /** Lets a pump follow: the running one goes round again; else one comes after what the loop is doing now. */
    @Override
    public void schedulePump() {
        switch (pump) {
            case IDLE -> {
                pump = Pump.SCHEDULED;
                loop.execute(this::pump);
            }
            case RUNNING -> pump = Pump.RUNNING_AGAIN;
            case SCHEDULED, RUNNING_AGAIN -> {}
        }
    }

    private void handOverSubmitted() {
        Outgoing next;
        while ((next = submitted.poll()) != null) {
            outgoing.handOver(next);
        }
    }

    private boolean isPumping() {
        return pump == Pump.RUNNING || pump == Pump.RUNNING_AGAIN;
    }

    private void pump() {
        if (isPumping()) {
            return;
        }
        boolean more = false;
        int rounds = 0;
        do {
            pump = Pump.RUNNING;
            handOverSubmitted();
            if (!ended) {
                more = drain();
            }
        } while (pump == Pump.RUNNING_AGAIN && ++rounds < MAX_ROUNDS);
        more |= pump == Pump.RUNNING_AGAIN;
        pump = Pump.IDLE;
        if (ended) {
            return;
        }
        timer.arm(association.nextTimeout());
        if (more) {
            schedulePump();
        }
    }

    /** Returns whether there is more to send than one burst. */
    private boolean drain() {
        long now = loop.nanoTime();
        deliver();
        int packets = 0;
        ByteBuffer packet = packetBuffer();
        while (packets < MAX_BURST && path.isWritable()) {
            packet.clear();
            if (!association.transmit(packet, now)) {
                break;
            }
            boolean probe = association.wroteProbe();
            if (probe) {
                path.flush();
            }
            path.write(packet.array(), packet.arrayOffset(), packet.position());
            if (probe) {
                path.flushUnfragmented();
            }
            packets++;
        }
        if (packets > 0) {
            path.flush();
        }
        refreshSendBuffer();
        deliver();
        return packets == MAX_BURST;
    }

    private ByteBuffer packetBuffer() {
        ByteBuffer packet = PACKET.get();
        if (packet.capacity() < maxPacketSize) {
            packet = ByteBuffer.allocate(maxPacketSize);
            PACKET.set(packet);
        }
        return packet;
    }

    private void refreshSendBuffer() {
        handedOver += outgoing.takeHandedOver();
        long now = association.sendBufferUsed();
        sendBuffer.refresh(now - handedOver, association.congestionWindow());
        handedOver = now;
        channels.refreshBufferedAmounts();
        if (hasRoom()) {
            outgoing.onRoom();
        }
    }

    /** Hands up what happened and what came, in its order, until a channel wants no more for the moment. */
    private void deliver() {
        boolean more = true;
        while (more) {
            more = false;
            connectEarly();
            SctpEvent event;
            while ((event = association.poll()) != null) {
                if (isEndByPeer(event)) {
                    deliverMessages();
                }
                outgoing.onEvent(event);
                if (!(event instanceof SctpEvent.Connected) || !connected) {
                    connected |= event instanceof SctpEvent.Connected;
                    tell(event);
                }
                more = true;
            }
            more |= deliverMessages();
        }
    }

    /** RFC 9260 §5.1 C: user data may go with the COOKIE ECHO, so channels open with it, a round trip before its answer. */
    private void connectEarly() {
        if (!connected && association.state() == SctpState.COOKIE_ECHOED) {
            connected = true;
            tell(new SctpEvent.Connected(association.outboundStreams(), association.inboundStreams()));
        }
    }

    private void tell(SctpEvent event) {
        observer.accept(event);
        channels.onEvent(event);
    }

    /** What came before it is not lost with it. After an end of our own nobody waits for more. */
    private static boolean isEndByPeer(SctpEvent event) {
        return event instanceof SctpEvent.Closed
                || (event instanceof SctpEvent.Aborted aborted && aborted.origin() != AbortOrigin.LOCAL);
    }

    private boolean deliverMessages() {
        boolean any = false;
        while (channels.acceptsMessages() && association.nextMessage(channels)) {
            any = true;
        }
        return any;
    }
}
