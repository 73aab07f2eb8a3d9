package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.AbortOrigin;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SendStatus;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The data channels of a connection: their ids, their opening (RFC 8832) and closing (RFC 8831 §6.7). Knows SCTP as messages in
 * and out. Confined to the loop.
 */
final class DataChannels implements SctpMessage.Receiver {
    private final NetworkLoop loop;
    private final StreamIds ids;
    private final ChannelTable table = new ChannelTable();
    /** Made before the DTLS role is known, which decides about their ids. */
    private final List<DataChannel> withoutId = new ArrayList<>(0);
    /** Those with bytes in the association. */
    private final ArrayList<DataChannel> sending = new ArrayList<>(0);

    private final IncomingMessages incoming = new IncomingMessages(table);
    private final AnnouncedChannels announced;
    private final ChannelResets resets = new ChannelResets(this, table);
    private long opened;
    private long closed;

    /** Written by whoever closes the connection, before the loop knows. */
    private volatile boolean connectionClosed;

    /** Written by the loop, read by senders. */
    private volatile @Nullable MessageTransport transport;

    private @Nullable DtlsRole role;
    private int maxChannels = StreamIds.MAX_STREAMS;
    private Phase phase = Phase.CONNECTING;

    private enum Phase {
        CONNECTING,
        CONNECTED,
        ENDED
    }

    DataChannels(NetworkLoop loop, StreamIds ids, Consumer<DataChannel> onDataChannel) {
        this.loop = loop;
        this.ids = ids;
        announced = new AnnouncedChannels(loop, this, table, ids, incoming, onDataChannel);
    }

    /** webrtc-pc §4.4.2, close: all channels are closed at once. From any thread. */
    void onConnectionClosed() {
        connectionClosed = true;
    }

    boolean isConnectionClosed() {
        return connectionClosed;
    }

    void attach(MessageTransport transport) {
        this.transport = transport;
    }

    MessageTransport transport() {
        MessageTransport current = transport;
        if (current == null) {
            throw new RtcException(ErrorName.INVALID_STATE_ERROR, "there is no connection yet");
        }
        return current;
    }

    /**
     * Makes a channel of the user's, to be {@linkplain #add added}; on any thread.
     *
     * @throws RtcException TypeError, if the label is too long; OperationError, if the id is in use
     */
    DataChannel create(String label, DataChannelOptions options) {
        Dcep.requireShort("label", label);
        if (options.negotiated() && !ids.reserve(options.id().orElseThrow())) {
            throw new RtcException(
                    ErrorName.OPERATION_ERROR,
                    "the id " + options.id().getAsInt() + " is in use by another data channel");
        }
        return new DataChannel(
                loop,
                this,
                Dcep.scalarValues(label),
                options,
                options.negotiated() ? DataChannel.Establishment.CONFIRMED : DataChannel.Establishment.LOCAL,
                options.id());
    }

    /** A channel of the user's: made on any thread, its id reserved if it has one already; added on the loop. */
    void add(DataChannel channel) {
        if (phase == Phase.ENDED) {
            if (channel.negotiated()) {
                ids.release(channel.streamId());
            }
            channel.announceClosed(null);
            return;
        }
        if (channel.negotiated()) {
            table.put(channel.streamId(), channel);
        } else {
            withoutId.add(channel);
            assignIds();
        }
        if (phase == Phase.CONNECTED) {
            open(channel);
        }
    }

    /** RFC 8832 §6: the DTLS client's ids are even, the server's odd. */
    void setRole(DtlsRole role) {
        this.role = role;
        assignIds();
    }

    private void assignIds() {
        if (role == null) {
            return;
        }
        for (DataChannel channel : withoutId) {
            int id = ids.reserveLowest(parity(), maxChannels);
            if (id < 0) {
                channel.announceClosed(new RtcException(ErrorName.OPERATION_ERROR, "all stream ids are in use"));
                continue;
            }
            channel.assignId(id);
            table.put(id, channel);
        }
        withoutId.clear();
    }

    /** Of our own ids: 0 for even ones. */
    int parity() {
        return role == DtlsRole.CLIENT ? 0 : 1;
    }

    private void open(DataChannel channel) {
        if (channel.streamId() < 0 || channel.readyState() != DataChannelState.CONNECTING) {
            return;
        }
        if (channel.streamId() >= maxChannels) {
            forget(channel);
            channel.announceClosed(new RtcException(
                    ErrorName.OPERATION_ERROR,
                    "the peer takes " + maxChannels + " streams, the id is " + channel.streamId()));
            return;
        }
        transport().setPriority(channel.streamId(), channel.priority().value());
        receiveInParts(channel);
        if (!channel.negotiated()) {
            transport()
                    .sendDcep(
                            channel.streamId(),
                            Dcep.Open.of(channel.label(), channel.options()).encode());
            channel.setEstablishment(DataChannel.Establishment.OPEN_SENT);
        }
        channel.becomeOpen();
        channel.announceOpen();
    }

    void onEvent(SctpEvent event) {
        if (event instanceof SctpEvent.Connected connected) {
            onConnected(Math.min(connected.outboundStreams(), connected.inboundStreams()));
        } else if (event instanceof SctpEvent.IncomingStreamsReset reset) {
            resets.onIncoming(reset.streamIds());
        } else if (event instanceof SctpEvent.OutgoingStreamsReset reset) {
            resets.onOutgoing(reset.streamIds());
        } else if (event instanceof SctpEvent.OutgoingResetFailed failed) {
            resets.onOutgoingFailed(failed.streamIds());
        } else if (event instanceof SctpEvent.Closed) {
            end(null);
        } else if (event instanceof SctpEvent.Aborted aborted) {
            end(failureOf(aborted));
        } else if (event instanceof SctpEvent.Restarted) {
            onRestarted();
        }
    }

    /** RFC 9260 §5.2.4.1: the peer knows nothing any more of what there was; its own channels come anew. */
    private void onRestarted() {
        RtcException cause = RtcException.sctpFailure("the peer restarted the SCTP association");
        for (DataChannel channel : table.all()) {
            transport().endSources(channel.streamId(), cause);
            forget(channel);
            channel.announceClosed(cause);
        }
    }

    /** webrtc-pc §6.2: what ends by our own wish is no error. */
    private static @Nullable RtcException failureOf(SctpEvent.Aborted aborted) {
        return aborted.origin() == AbortOrigin.LOCAL
                ? null
                : new RtcException(
                        RtcErrorDetails.sctpFailure(aborted.causeCode()),
                        "the SCTP association was aborted (" + aborted.origin() + "): " + aborted.reason(),
                        null);
    }

    private void onConnected(int streams) {
        maxChannels = Math.min(streams, StreamIds.MAX_STREAMS);
        phase = Phase.CONNECTED;
        for (DataChannel channel : table.all()) {
            open(channel);
        }
    }

    /** Delivers what was held back, if its channels take it now; returns whether more may be taken from the association. */
    boolean acceptsMessages() {
        return incoming.acceptsMore() && phase != Phase.ENDED;
    }

    /** The channel takes messages in parts, or no longer does. */
    void receiveInParts(DataChannel channel) {
        MessageTransport current = transport;
        int streamId = channel.streamId();
        if (current != null && streamId >= 0 && table.get(streamId) == channel) {
            current.setReceiveInParts(streamId, channel.takesParts());
        }
    }

    void resume() {
        MessageTransport current = transport;
        if (current != null) {
            current.schedulePump();
        }
    }

    @Override
    public void receive(
            int streamId,
            int payloadProtocolId,
            boolean unordered,
            ByteBuffer payload,
            SctpMessage.@Nullable Part part) {
        if (payloadProtocolId == DataChannel.PPID_DCEP) {
            announced.onMessage(new SctpMessage(streamId, payloadProtocolId, unordered, payload, part));
        } else {
            incoming.receive(streamId, payloadProtocolId, unordered, payload, part);
        }
    }

    /** RFC 8831 §6.7: the user closes; the stream is reset when all that was sent is delivered. */
    void onLocalClose(DataChannel channel) {
        if (phase == Phase.CONNECTED && channel.streamId() >= 0) {
            transport().resetStream(channel.streamId());
        } else if (phase == Phase.CONNECTING) {
            // Never opened: the peer knows nothing of it.
            withoutId.remove(channel);
            forget(channel);
            channel.announceClosed(null);
        }
    }

    /** Nothing that comes is for the channel any more, and its id is free. */
    void forget(DataChannel channel) {
        int streamId = channel.streamId();
        if (streamId >= 0 && table.get(streamId) == channel) {
            MessageTransport current = transport;
            if (channel.takesParts() && current != null) {
                current.setReceiveInParts(streamId, false);
            }
            table.remove(streamId);
            ids.release(streamId);
            announced.forget(channel);
        }
    }

    void onHandedOver(DataChannel channel, int accountedBytes, SendStatus status) {
        if (status == SendStatus.QUEUED) {
            if (accountedBytes > 0 && channel.handedOver(accountedBytes)) {
                sending.add(channel);
            }
        } else {
            // The channel or the association ended while the message was on its way.
            channel.account(-accountedBytes);
        }
    }

    void refreshBufferedAmounts() {
        MessageTransport current = transport();
        for (int i = sending.size() - 1; i >= 0; i--) {
            DataChannel channel = sending.get(i);
            long now = current.bufferedAmount(channel.streamId());
            if (now == 0) {
                sending.remove(i);
            }
            channel.refreshBufferedAmount(now);
        }
    }

    /** How many channels were ever open. */
    long opened() {
        return opened;
    }

    /** How many of them are closed. */
    long closed() {
        return closed;
    }

    void onOpened() {
        opened++;
    }

    void onClosed() {
        closed++;
    }

    /** All that are not closed. */
    List<DataChannel> known() {
        List<DataChannel> known = table.all();
        known.addAll(withoutId);
        return known;
    }

    /**
     * The association is given up for another one: what the peer knew of ends.
     *
     * @return the channels that it did not know of, for {@link #renew}
     */
    List<DataChannel> endAssociation(RtcException cause) {
        List<DataChannel> waiting = new ArrayList<>(withoutId);
        withoutId.clear();
        for (DataChannel channel : table.all()) {
            if (channel.readyState() == DataChannelState.CONNECTING) {
                table.remove(channel.streamId());
                if (!channel.negotiated()) {
                    ids.release(channel.streamId());
                    channel.assignId(-1);
                }
                waiting.add(channel);
            }
        }
        end(cause);
        return waiting;
    }

    /** Begins afresh, with the next association. */
    void renew(List<DataChannel> waiting) {
        phase = Phase.CONNECTING;
        role = null;
        transport = null;
        maxChannels = StreamIds.MAX_STREAMS;
        announced.renew();
        waiting.forEach(this::add);
    }

    /** The association or what is below it is gone. */
    void end(@Nullable RtcException cause) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        incoming.clear();
        sending.clear();
        List<DataChannel> all = table.all();
        all.addAll(withoutId);
        withoutId.clear();
        for (DataChannel channel : all) {
            forget(channel);
            channel.announceClosed(cause);
        }
    }
}
