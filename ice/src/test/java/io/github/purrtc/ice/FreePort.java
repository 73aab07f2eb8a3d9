package io.github.purrtc.ice;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that nobody had a moment ago, neither for UDP nor for TCP. */
final class FreePort {
    private FreePort() {}

    static int find() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return tcp.getLocalPort();
            } catch (IOException e) {
                // taken for TCP: another
            }
        }
        throw new IOException("no port is free");
    }
}
