package io.github.purrtc.benchmarks.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

final class OneByOne extends UdpThroughput {
    private final DatagramChannel sender = UdpLatency.bind();
    private final DatagramChannel receiver = UdpLatency.bind();

    OneByOne() throws IOException {
        receiver.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        sender.connect(receiver.getLocalAddress());
        receiver.connect(sender.getLocalAddress());
    }

    @Override
    public void start() {
        run("sender", () -> {
            ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            while (true) {
                countSent(sender.write(datagram.clear()));
            }
        });
        run("receiver", () -> {
            ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
            while (true) {
                countReceived(receiver.read(datagram.clear()));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (sender.isOpen() && receiver.isOpen()) {
                            throw new UncheckedIOException(e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            sender.close();
            receiver.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
