package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.LoopSockets;
import io.github.purrtc.ice.internal.net.SocketKind;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Over TCP, to a server of the test's. */
class StreamServerConnectionTest {
    private static final int LIMIT_SECONDS = 20;
    private static final int MESSAGE_BYTES = 65_536;
    private static final int MESSAGES = 1_024;
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final SocketKind kind = SocketKind.best(2_048);
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, kind.ioHandlers(DefaultSelectStrategyFactory.INSTANCE));
    private final IoEventLoop loop = (IoEventLoop) group.iterator().next();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private StreamServerConnection connection;
    private Socket accepted;

    private final class Told implements ServerConnection.Listener {
        @Override
        public void onConnected() {
            told.add("connected");
        }

        @Override
        public void onMessage(ByteBuffer message) {
            told.add("message of " + message.remaining());
        }

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {
            told.add("writable");
        }

        @Override
        public void onFailure(String reason) {
            told.add(reason);
        }
    }

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket();
        // As narrow as the kernel lets it be: what it holds is not what is measured.
        server.setReceiveBufferSize(4_096);
        server.bind(ANY_PORT);
        InetSocketAddress there = (InetSocketAddress) server.getLocalSocketAddress();
        connection =
                call(() -> new StreamServerConnection(new LoopSockets(loop, kind), ANY_PORT, there, null, new Told()));
        accepted = server.accept();
        accepted.setSoTimeout(LIMIT_SECONDS * 1_000);
        assertEquals("connected", next());
    }

    @AfterEach
    void close() throws Exception {
        group.shutdownGracefully(0, LIMIT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
        accepted.close();
        server.close();
    }

    private <T> T call(Callable<T> task) throws Exception {
        return loop.submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String next() throws InterruptedException {
        String event = told.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        return event != null ? event : "nothing";
    }

    @Test
    @DisplayName("for a server that does not read no more than a megabyte is kept, and whole messages are dropped")
    void aServerThatDoesNotRead() throws Exception {
        byte[] message = new byte[MESSAGE_BYTES];
        boolean isWritable = call(() -> {
            for (int i = 0; i < MESSAGES; i++) {
                ByteBuffer.wrap(message).putInt(0, i);
                connection.write(message, 0, message.length);
                connection.flush();
            }
            return connection.isWritable();
        });
        assertFalse(isWritable);
        DataInputStream in = new DataInputStream(accepted.getInputStream());
        int count = 0;
        while (told.isEmpty()) {
            count = read(in, message, count);
        }
        assertEquals("writable", next());
        call(() -> {
            ByteBuffer.wrap(message).putInt(0, -1);
            connection.write(message, 0, message.length);
            connection.flush();
            return connection;
        });
        while (ByteBuffer.wrap(message).getInt(0) >= 0) {
            count = read(in, message, count);
        }
        // What the kernel takes besides is a few megabytes.
        assertTrue(count < MESSAGES / 2, count + " messages were kept");
    }

    /** The next one, whole. @return how many came, but for the last */
    private static int read(DataInputStream in, byte[] message, int count) throws Exception {
        in.readFully(message);
        int number = ByteBuffer.wrap(message).getInt(0);
        if (number < 0) {
            return count;
        }
        assertEquals(count, number);
        return count + 1;
    }

    @Test
    @DisplayName("a server that speaks something else is left, and nothing of it handed on")
    void aServerOfAnotherKind() throws Exception {
        accepted.getOutputStream().write(new byte[] {(byte) 0x80, 1, 0, 0});
        assertEquals("the server does not speak TURN", next());
        assertEquals(-1, accepted.getInputStream().read());
        call(() -> {
            connection.write(new byte[20], 0, 20);
            connection.flush();
            return connection;
        });
        assertTrue(told.isEmpty());
    }

    @Test
    @DisplayName("what a server says in pieces is handed on whole, and its end told")
    void pieces() throws Exception {
        byte[] channelData = ByteBuffer.allocate(12).putInt(0x40000005).array();
        for (byte each : channelData) {
            accepted.getOutputStream().write(each);
        }
        assertEquals("message of 12", next());
        accepted.close();
        assertEquals("the server closed the connection", next());
    }
}
