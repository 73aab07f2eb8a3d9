package io.github.purrtc.ice;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * How a {@link Network} is made.
 *
 * @param threads the number of event loops; 0 for as many as there are processors
 * @param transport the kind of sockets; {@link Transport#AUTO} obeys the system property {@value #TRANSPORT_PROPERTY}
 *     ({@code nio} or {@code epoll}) if it is set
 * @param maxDatagramBytes the longest datagram that is received whole where the kernel does not hand over coalesced
 *     ones; longer ones are cut off, and so fail their integrity check above
 * @param spin how long a loop keeps looking for work after it last had some before its thread sleeps: what comes in
 *     that time is not delayed by waking up, and the processor is busy meanwhile, though others who want it have it
 *     between two looks; at most a second, zero for not at all
 * @param ports the ports that connections share, if they do
 */
public record NetworkOptions(int threads, Transport transport, int maxDatagramBytes, Duration spin, CommonPorts ports) {
    /** The system property that decides for {@link Transport#AUTO}. */
    public static final String TRANSPORT_PROPERTY = "purrtc.transport";

    private static final int LEAST_DATAGRAM_BYTES = 1_500;
    private static final int MOST_DATAGRAM_BYTES = 65_535;
    private static final int MOST_THREADS = 1_024;
    private static final Duration LONGEST_SPIN = Duration.ofSeconds(1);

    /** The kind of sockets. */
    public enum Transport {
        /** Epoll where its native library is on the class path, else NIO. */
        AUTO,
        /** Linux's epoll, with segmentation offload in both directions where the kernel has it. */
        EPOLL,
        /** The JDK's own sockets: everywhere, with no native library. */
        NIO
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public NetworkOptions {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(ports, "ports");
        if (threads < 0 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads: 0 to " + MOST_THREADS + ", not " + threads);
        }
        if (maxDatagramBytes < LEAST_DATAGRAM_BYTES || maxDatagramBytes > MOST_DATAGRAM_BYTES) {
            throw new IllegalArgumentException("maxDatagramBytes: " + LEAST_DATAGRAM_BYTES + " to "
                    + MOST_DATAGRAM_BYTES + ", not " + maxDatagramBytes);
        }
        if (spin.isNegative() || spin.compareTo(LONGEST_SPIN) > 0) {
            throw new IllegalArgumentException("spin: zero to " + LONGEST_SPIN + ", not " + spin);
        }
    }

    /** As many loops as processors, the best sockets there are, datagrams of up to 2,048 bytes, no spinning. */
    public static NetworkOptions defaults() {
        return new NetworkOptions(0, Transport.AUTO, 2_048, Duration.ZERO, CommonPorts.NONE);
    }

    /** These with another number of {@link #threads}. */
    public NetworkOptions withThreads(int threads) {
        return new NetworkOptions(threads, transport, maxDatagramBytes, spin, ports);
    }

    /** These with another {@link #transport}. */
    public NetworkOptions withTransport(Transport transport) {
        return new NetworkOptions(threads, transport, maxDatagramBytes, spin, ports);
    }

    /** These with other {@link #maxDatagramBytes}. */
    public NetworkOptions withMaxDatagramBytes(int maxDatagramBytes) {
        return new NetworkOptions(threads, transport, maxDatagramBytes, spin, ports);
    }

    /** These with other {@link #ports}. */
    public NetworkOptions withPorts(CommonPorts ports) {
        return new NetworkOptions(threads, transport, maxDatagramBytes, spin, ports);
    }

    /** These with another {@link #spin}. */
    public NetworkOptions withSpin(Duration spin) {
        return new NetworkOptions(threads, transport, maxDatagramBytes, spin, ports);
    }

    int effectiveThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    Transport effectiveTransport() {
        String property = System.getProperty(TRANSPORT_PROPERTY);
        if (transport != Transport.AUTO || property == null) {
            return transport;
        }
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "nio" -> Transport.NIO;
            case "epoll" -> Transport.EPOLL;
            case "auto", "" -> Transport.AUTO;
            default ->
                throw new IllegalArgumentException(
                        "-D" + TRANSPORT_PROPERTY + ": nio, epoll or auto, not \"" + property + "\"");
        };
    }
}
