package io.github.purrtc.ice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers for one name by multicast DNS; what has not exactly one question it does not read. */
final class TinyResponder implements AutoCloseable {
    private static final InetSocketAddress GROUP = new InetSocketAddress("224.0.0.251", 5_353);
    private static final int TYPE_A = 1;

    final AtomicInteger answers = new AtomicInteger();
    private final MulticastSocket socket;
    private final byte[] name;
    private final InetAddress address;

    TinyResponder(String name, InetAddress address) throws IOException {
        this.name = encode(name);
        this.address = address;
        socket = new MulticastSocket(GROUP.getPort());
        NetworkInterface networkInterface = NetworkInterface.getByInetAddress(address);
        socket.setNetworkInterface(networkInterface);
        socket.joinGroup(GROUP, networkInterface);
        Thread thread = new Thread(this::serve, "tiny-responder");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] encode(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    private void serve() {
        byte[] room = new byte[9_000];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                if (asksForAddress(ByteBuffer.wrap(room, 0, packet.getLength()))) {
                    answers.incrementAndGet();
                    announce(120);
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private boolean asksForAddress(ByteBuffer message) {
        boolean isOneQuestion = message.remaining() == 12 + name.length + 4
                && message.getShort(2) == 0
                && message.getShort(4) == 1
                && message.getShort(12 + name.length) == TYPE_A;
        return isOneQuestion && ByteBuffer.wrap(name).equals(message.slice(12, name.length));
    }

    /** @param timeToLiveSeconds 0 to take it back */
    void announce(int timeToLiveSeconds) throws IOException {
        byte[] ip = address.getAddress();
        ByteBuffer message = ByteBuffer.allocate(12 + name.length + 10 + ip.length)
                .putInt(0x8400)
                .putInt(1)
                .putInt(0)
                .put(name)
                .putShort((short) TYPE_A)
                .putShort((short) 0x8001)
                .putInt(timeToLiveSeconds)
                .putShort((short) ip.length)
                .put(ip);
        socket.send(new DatagramPacket(message.array(), message.capacity(), GROUP));
    }

    @Override
    public void close() {
        socket.close();
    }
}
