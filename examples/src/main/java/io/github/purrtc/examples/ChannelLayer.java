package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.SctpParameters;
import io.github.purrtc.SctpTransport;
import io.github.purrtc.SctpTransportState;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;

/** SCTP with data channels, of which a tool makes something. */
final class ChannelLayer implements DataLayer {
    private final Tool tool;
    private final SctpTransport transport;

    /** What a tool does with channels; all on the loop. */
    interface Tool {
        /** Makes the channels that are agreed on beforehand. */
        void prepare(SctpTransport transport);

        /** The association begins soon, with this role and that limit of the peer's for messages. */
        default void onStart(SctpTransport transport, DtlsRole role, SctpParameters remote) {}

        /** The peer made a channel. */
        default void onDataChannel(DataChannel channel) {}

        /** The association has ended. */
        default void onClosed() {}
    }

    private ChannelLayer(IcePeer ice, DtlsTransport dtls, Configuration configuration, Narrator narrator, Tool tool) {
        this.tool = tool;
        transport = new SctpTransport(ice.loop(), ice.transport(), dtls, configuration, new SctpTransport.Listener() {
            @Override
            public void onStateChange(SctpTransportState state) {
                narrator.sctpTransport(state);
                if (state == SctpTransportState.CLOSED) {
                    tool.onClosed();
                }
            }

            @Override
            public void onDataChannel(DataChannel channel) {
                narrator.newChannel(channel);
                tool.onDataChannel(channel);
            }
        });
        tool.prepare(transport);
    }

    static BiFunction<IcePeer, DtlsTransport, DataLayer> of(Configuration configuration, Narrator narrator, Tool tool) {
        return (ice, dtls) -> new ChannelLayer(ice, dtls, configuration, narrator, tool);
    }

    @Override
    public SctpParameters localParameters() {
        return transport.localParameters();
    }

    @Override
    public void start(DtlsRole role, SctpParameters remote) {
        transport.start(role, remote);
        tool.onStart(transport, role, remote);
    }

    @Override
    public void onDtlsStateChange(DtlsTransportState state) {
        transport.onDtlsStateChange(state);
    }

    @Override
    public void receive(ByteBuffer packet) {
        transport.receive(packet);
    }

    @Override
    public void endOfBurst() {
        transport.endOfBurst();
    }

    @Override
    public void onWritable() {
        transport.onWritable();
    }

    @Override
    public void onPathChange() {
        transport.onPathChange();
    }

    @Override
    public void stop() {
        transport.stop();
    }
}
