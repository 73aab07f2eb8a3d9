package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.HostSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class BridgeSocketTest {
    private static final int MOST_WAITING = 256;
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 3_478);

    @Test
    @DisplayName("what a server sends faster than it is read is dropped, the newest first")
    void keepsNoMoreThanAFewDatagrams() throws Exception {
        try (BridgeSocket bridge = new BridgeSocket(Runnable::run, new Unused())) {
            for (int i = 0; i < 100 * MOST_WAITING; i++) {
                bridge.offer(ByteBuffer.allocate(4).putInt(0, i), SERVER);
            }
            bridge.setSoTimeout(1);
            DatagramPacket packet = new DatagramPacket(new byte[4], 4);
            for (int i = 0; i < MOST_WAITING; i++) {
                bridge.receive(packet);
                assertEquals(i, ByteBuffer.wrap(packet.getData()).getInt());
                assertEquals(SERVER, packet.getSocketAddress());
            }
            assertThrows(SocketTimeoutException.class, () -> bridge.receive(packet));
        }
    }

    private static final class Unused implements HostSocket {
        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {}

        @Override
        public void flush() {}

        @Override
        public boolean isWritable(InetSocketAddress destination) {
            return true;
        }

        @Override
        public void close() {}
    }
}
