package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpEvent;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * SCTP over DTLS and the data channels on it (the RTCSctpTransport of ORTC): the top of a connection that is made of the layers' own
 * objects, for who has signalling of another kind than offer and answer. {@link PeerConnection} needs none of this.
 *
 * <p>The layers do not know of each other; whoever makes them passes on what happens:
 *
 * <table>
 * <caption>What goes where</caption>
 * <tr><th>from</th><th>to</th></tr>
 * <tr><td>{@code IceTransport.Listener.onDatagram}</td><td>{@code DtlsTransport.receive}</td></tr>
 * <tr><td>{@code IceTransport.Listener.onSelectedPair}</td><td>{@code DtlsTransport.start}, once; {@link #onPathChange}</td></tr>
 * <tr><td>{@code IceTransport.Listener.onEndOfBurst}</td><td>{@link #endOfBurst}</td></tr>
 * <tr><td>{@code IceTransport.Listener.onWritable}</td><td>{@link #onWritable}</td></tr>
 * <tr><td>{@code DtlsTransport.Listener.onApplicationData}</td><td>{@link #receive}</td></tr>
 * <tr><td>{@code DtlsTransport.Listener.onStateChange}</td><td>{@link #onDtlsStateChange}</td></tr>
 * <tr><td>the sink of {@code DtlsTransport}</td><td>{@code IceTransport.write} and {@code flush}</td></tr>
 * </table>
 *
 * <p>To be used on the loop, except where said otherwise; listeners are called there.
 */
public final class SctpTransport {
    /** What happens. One that throws breaks nothing. */
    public interface Listener {
        /** Called with each new state. */
        default void onStateChange(SctpTransportState state) {}

        /** The peer has made a channel; it is open. Messages wait for their listener. */
        default void onDataChannel(DataChannel channel) {}
    }

    private final NetworkLoop loop;
    private final IceTransport ice;
    private final DtlsTransport dtls;
    private final Configuration configuration;
    private final StreamIds ids = new StreamIds();
    private final DataChannels channels;
    private final StateCell<SctpTransportState> state =
            new StateCell<>("SCTP statechange", SctpTransportState.CONNECTING, SctpTransportState.CLOSED);
    private volatile int maxChannels;
    private @Nullable SctpDriver driver;
    private boolean stopped;

    /**
     * A transport that is to be {@linkplain #start started}; from any thread.
     *
     * @param configuration of which what concerns SCTP counts: port, window, buffer, sizes, timeouts, congestion control, checksum, log
     */
    public SctpTransport(
            NetworkLoop loop, IceTransport ice, DtlsTransport dtls, Configuration configuration, Listener listener) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.ice = Objects.requireNonNull(ice, "ice");
        this.dtls = Objects.requireNonNull(dtls, "dtls");
        this.configuration = Objects.requireNonNull(configuration, "configuration");
        channels = new DataChannels(loop, ids, listener::onDataChannel);
        state.listener(listener::onStateChange);
    }

    /** What to tell the peer; from any thread. */
    public SctpParameters localParameters() {
        return new SctpParameters(
                configuration.sctpPort(), configuration.messagesOfAnySize() ? 0 : configuration.maxMessageSize());
    }

    /** From any thread. */
    public SctpTransportState state() {
        return state.get();
    }

    /** How many channels there can be at once; empty before the association is connected. From any thread. */
    public OptionalInt maxChannels() {
        return maxChannels == 0 ? OptionalInt.empty() : OptionalInt.of(maxChannels);
    }

    /**
     * Makes a channel, which opens when the association is connected; from any thread.
     *
     * @param label at most 65,535 bytes of UTF-8; a lone surrogate becomes U+FFFD
     * @throws RtcException InvalidStateError, if the transport is closed; TypeError, if the label is too long; OperationError, if the id
     *     is in use
     */
    public DataChannel createDataChannel(String label, DataChannelOptions options) {
        if (state() == SctpTransportState.CLOSED) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, "createDataChannel on an SCTP transport that is closed");
        }
        DataChannel channel = channels.create(label, options);
        loop.execute(() -> channels.add(channel));
        return channel;
    }

    /**
     * Begins the association as soon as DTLS is connected.
     *
     * @param role of the DTLS transport: it decides about the ids of channels (RFC 8832 §6)
     * @throws IllegalStateException if started before, or closed
     */
    public void start(DtlsRole role, SctpParameters remote) {
        if (driver != null || stopped) {
            throw new IllegalStateException(
                    "start() on an SCTP transport that was " + (stopped ? "stopped" : "started"));
        }
        long maxMessageSize = remote.maxMessageSize() == 0 ? Long.MAX_VALUE : remote.maxMessageSize();
        AssociationSettings settings = new AssociationSettings(
                role, configuration.sctpPort(), remote.port(), maxMessageSize, dtls.recordOverhead());
        SctpDriver started = new SctpDriver(
                loop,
                new SecuredPath(dtls, ice),
                channels,
                configuration,
                settings,
                new ConnectionMemory(BufferMemory.shared()));
        started.observe(this::onEvent);
        driver = started;
        if (dtls.state() == DtlsTransportState.CONNECTED) {
            started.connect(null);
        }
    }

    /** A packet of the burst that {@link #endOfBurst} ends; one that comes before the start is dropped, as on the way here. */
    public void receive(ByteBuffer packet) {
        if (driver != null) {
            driver.receive(packet);
        }
    }

    /** The packets of a socket read are all in. */
    public void endOfBurst() {
        if (driver != null) {
            driver.endOfBurst();
        }
    }

    /** The socket has room again. */
    public void onWritable() {
        if (driver != null) {
            driver.onWritable();
        }
    }

    /** Packets go over another pair of candidates from now on. */
    public void onPathChange() {
        if (driver != null) {
            driver.onPathChange();
        }
    }

    /** DTLS carries packets now, or does no longer. */
    public void onDtlsStateChange(DtlsTransportState next) {
        if (next == DtlsTransportState.CONNECTED && driver != null) {
            driver.connect(null);
        } else if (next == DtlsTransportState.CLOSED || next == DtlsTransportState.FAILED) {
            end(RtcException.sctpFailure("DTLS is " + next));
        }
    }

    /** Ends the association, so that the peer knows, and all channels; to be called before DTLS is closed. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (driver != null && dtls.state() == DtlsTransportState.CONNECTED) {
            driver.abort("the SCTP transport was stopped");
        }
        end(null);
    }

    private void onEvent(SctpEvent event) {
        if (event instanceof SctpEvent.Connected connected) {
            maxChannels =
                    Math.min(StreamIds.MAX_STREAMS, Math.min(connected.outboundStreams(), connected.inboundStreams()));
            state.enter(SctpTransportState.CONNECTED);
        } else if (event instanceof SctpEvent.Closed || event instanceof SctpEvent.Aborted) {
            state.enter(SctpTransportState.CLOSED);
        }
    }

    private void end(@Nullable RtcException cause) {
        if (driver != null) {
            driver.end(cause == null ? RtcException.sctpFailure("the SCTP transport was stopped") : cause);
        }
        channels.end(cause);
        state.enter(SctpTransportState.CLOSED);
    }
}
