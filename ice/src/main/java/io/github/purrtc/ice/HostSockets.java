package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.HostAddresses;
import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LoopSockets;
import io.github.purrtc.ice.internal.net.LoopTcp;
import io.github.purrtc.ice.internal.net.UdpSocket;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Opens a gatherer's sockets on the addresses and ports that its options allow. What cannot be opened is reported. */
final class HostSockets {
    private final LoopSockets sockets;
    private final Supplier<IceGatherOptions> currentOptions;
    private String usernameFragment;
    private final RandomGenerator random;
    private final Consumer<IceCandidateError> errors;

    HostSockets(
            LoopSockets sockets,
            Supplier<IceGatherOptions> currentOptions,
            String usernameFragment,
            RandomGenerator random,
            Consumer<IceCandidateError> errors) {
        this.sockets = sockets;
        this.currentOptions = currentOptions;
        this.usernameFragment = usernameFragment;
        this.random = random;
        this.errors = errors;
    }

    /** Of the sockets that are opened from now on. */
    void usernameFragment(String value) {
        usernameFragment = value;
    }

    List<InetAddress> addresses() {
        IceGatherOptions options = currentOptions.get();
        try {
            return HostAddresses.find(
                    options.includeLoopback(),
                    options.interfaceFilter(),
                    address -> options.ipVersions().contains(IpVersion.of(address))
                            && options.addressFilter().test(address));
        } catch (IOException e) {
            errors.accept(IceCandidateError.local(null, "cannot list the network interfaces: " + e));
            return List.of();
        }
    }

    /** A share of the common port; or a socket on a port of the range: from a random one on, each is tried once. */
    @Nullable
    HostSocket open(InetAddress address, DatagramListener listener) {
        try {
            return sockets.sharesPort()
                    ? sockets.openShare(address, usernameFragment, listener)
                    : openInPortRange(address, listener);
        } catch (IOException e) {
            errors.accept(IceCandidateError.local(address.getHostAddress(), e.toString()));
            return null;
        }
    }

    /** A socket of its own on a port of the range, whether or not there is a common port. */
    @Nullable
    UdpSocket openAlone(InetAddress address, DatagramListener listener) {
        try {
            return openInPortRange(address, listener);
        } catch (IOException e) {
            errors.accept(IceCandidateError.local(address.getHostAddress(), e.toString()));
            return null;
        }
    }

    /** A TCP candidate of that type on the address, on the same terms. */
    @Nullable
    HostSocket openTcp(TcpType type, InetAddress address, DatagramListener listener) {
        LoopTcp tcp = sockets.tcp();
        if (type == TcpType.ACTIVE) {
            return tcp.openActive(address, listener);
        }
        try {
            return tcp.sharesPort()
                    ? tcp.openShare(address, usernameFragment, listener)
                    : inPortRange(
                            port -> tcp.openPassive(new InetSocketAddress(address, port), usernameFragment, listener));
        } catch (IOException e) {
            errors.accept(IceCandidateError.local(address.getHostAddress(), e.toString()));
            return null;
        }
    }

    private UdpSocket openInPortRange(InetAddress address, DatagramListener listener) throws IOException {
        return inPortRange(port -> sockets.open(new InetSocketAddress(address, port), listener));
    }

    private interface Opener<T> {
        T open(int port) throws IOException;
    }

    private <T> T inPortRange(Opener<T> opener) throws IOException {
        IceGatherOptions options = currentOptions.get();
        int count = options.mostPort() - options.leastPort() + 1;
        int start = random.nextInt(count);
        IOException refused = new IOException("no port");
        for (int i = 0; i < count; i++) {
            int port = options.leastPort() + (start + i) % count;
            try {
                return opener.open(port);
            } catch (IOException e) {
                refused = e;
            }
        }
        throw refused;
    }
}
