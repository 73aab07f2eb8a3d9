package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/** A server on loopback that answers each STUN request with what the test says. */
final class TinyStunServer implements AutoCloseable {
    private static final int ALLOCATE_ERROR = 0x0113;

    private final DatagramSocket socket;

    /** @param answer null for none */
    TinyStunServer(Function<StunMessage, byte @Nullable []> answer) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> serve(answer), "tiny-stun-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One behind a NAT, as it were: all requests come from that address. */
    static TinyStunServer seeing(InetSocketAddress mapped) throws IOException {
        return new TinyStunServer(request -> new StunEncoder(StunClass.SUCCESS, request.id())
                .xorMappedAddress(mapped)
                .toBytes());
    }

    /** A TURN server that refuses with that error. */
    static TinyStunServer refusing(int errorCode) throws IOException {
        return new TinyStunServer(request -> {
            byte[] error = new StunEncoder(StunClass.ERROR, request.id())
                    .errorCode(errorCode, "No")
                    .toBytes();
            ByteBuffer.wrap(error).putShort(0, (short) ALLOCATE_ERROR);
            return error;
        });
    }

    String url(String scheme) {
        return scheme + ":127.0.0.1:" + socket.getLocalPort();
    }

    private void serve(Function<StunMessage, byte @Nullable []> answer) {
        byte[] room = new byte[1_500];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] reply = StunDecoder.decode(ByteBuffer.wrap(bytes)) instanceof StunMessage request
                        ? answer.apply(request)
                        : null;
                if (reply != null) {
                    socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
