package io.github.purrtc.examples;

import io.github.purrtc.SctpParameters;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.NetworkLoop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** SCTP's packets, which somebody else sends and receives: each is a UDP datagram to and from one address (RFC 6951). */
final class RedirectLayer implements DataLayer {
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    /** What a record can hold. */
    private static final int MAX_PACKET_BYTES = 16_384;

    private final NetworkLoop loop;
    private final IceTransport ice;
    private final DtlsTransport dtls;
    private final SctpParameters parameters;
    private final DatagramChannel socket;
    private final Narrator narrator;

    /**
     * A socket towards the address, which is listened on at once.
     *
     * @throws IOException if there can be none
     */
    RedirectLayer(
            IcePeer ice, DtlsTransport dtls, InetSocketAddress target, SctpParameters parameters, Narrator narrator)
            throws IOException {
        loop = ice.loop();
        this.ice = ice.transport();
        this.dtls = dtls;
        this.parameters = parameters;
        this.narrator = narrator;
        socket = DatagramChannel.open().connect(target);
        narrator.tell(
                "SCTP packets go to " + text(target) + " from " + text((InetSocketAddress) socket.getLocalAddress()));
        Thread reader = new Thread(this::read, "redirect");
        reader.setDaemon(true);
        reader.start();
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public SctpParameters localParameters() {
        return parameters;
    }

    @Override
    public void start(DtlsRole role, SctpParameters remote) {
        narrator.tell("The peer's SCTP port is " + remote.port());
    }

    @Override
    public void onDtlsStateChange(DtlsTransportState state) {
        if (state == DtlsTransportState.CONNECTED) {
            narrator.tell("SCTP redirect transport state change: open");
        } else if (state == DtlsTransportState.CLOSED || state == DtlsTransportState.FAILED) {
            narrator.tell("SCTP redirect transport state change: closed");
        }
    }

    @Override
    public void receive(ByteBuffer packet) {
        try {
            socket.write(packet);
        } catch (IOException e) {
            // Nobody listens there: as lost as on any other way.
        }
    }

    private void read() {
        ByteBuffer datagram = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
        while (socket.isOpen()) {
            try {
                datagram.clear();
                socket.read(datagram);
                byte[] packet = new byte[datagram.flip().remaining()];
                datagram.get(packet);
                loop.execute(() -> send(packet));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // ICMP said that nobody listens there; somebody may, later.
            }
        }
    }

    private void send(byte[] packet) {
        if (dtls.state() == DtlsTransportState.CONNECTED && packet.length > 0 && packet.length <= MAX_PACKET_BYTES) {
            dtls.send(packet, 0, packet.length);
            ice.flush();
        }
    }

    @Override
    public void stop() {
        try {
            socket.close();
        } catch (IOException e) {
            narrator.tell("The redirecting socket could not be closed: " + e.getMessage());
        }
    }
}
