package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.IpLiteral;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A transport address at which an agent can perhaps be reached, as signalled (RFC 8839 §5.1).
 *
 * @param foundation 1 to 32 ice-chars, equal for candidates of the same type, base and server (RFC 8445 §5.1.1.3)
 * @param component 1 to 256; data channels use 1
 * @param priority 1 to 2^32 − 1; the higher, the better
 * @param address an IPv4 or IPv6 address as text, or a host name such as a {@code .local} name of mDNS
 * @param port 0 to 65535
 * @param relatedAddress the base or mapped address that this candidate was derived from, for diagnostics
 * @param relatedPort its port, 0 where there is no related address
 * @param tcpType for TCP candidates only
 * @param usernameFragment the {@code ufrag} extension: the generation of credentials that this candidate belongs to
 */
public record Candidate(
        String foundation,
        int component,
        IceProtocol protocol,
        long priority,
        String address,
        int port,
        CandidateType type,
        @Nullable String relatedAddress,
        int relatedPort,
        @Nullable TcpType tcpType,
        @Nullable String usernameFragment) {

    private static final long MAX_PRIORITY = 0xFFFF_FFFFL;

    /** @throws IllegalArgumentException naming what is wrong */
    public Candidate {
        if (!IceParameters.isIceChars(foundation, 1) || foundation.length() > 32) {
            throw new IllegalArgumentException("candidate foundation must be 1 to 32 letters, digits, '+' or '/'");
        }
        requireRange("component", component, 1, 256);
        requireRange("priority", priority, 1, MAX_PRIORITY);
        requireAddress("address", address);
        requireRange("port", port, 0, 65535);
        if (relatedAddress != null) {
            requireAddress("related address", relatedAddress);
        }
        requireRange("related port", relatedPort, 0, 65535);
        if (tcpType != null && protocol != IceProtocol.TCP) {
            throw new IllegalArgumentException("candidate tcptype on a " + protocol.token() + " candidate");
        }
        if (usernameFragment != null && !IceParameters.isIceChars(usernameFragment, 1)) {
            throw new IllegalArgumentException("candidate ufrag must be 1 to 256 letters, digits, '+' or '/'");
        }
    }

    /** A UDP host candidate of component 1. */
    public static Candidate host(String foundation, long priority, InetSocketAddress address) {
        return new Candidate(
                foundation,
                1,
                IceProtocol.UDP,
                priority,
                IpLiteral.format(address.getAddress()),
                address.getPort(),
                CandidateType.HOST,
                null,
                0,
                null,
                null);
    }

    /**
     * Reads a candidate line, with or without {@code a=} and {@code candidate:} before it. Extensions that are not kept
     * ({@code generation}, {@code network-id}, {@code network-cost} and unknown ones) are passed over.
     *
     * @throws IllegalArgumentException naming what is wrong with the line
     */
    public static Candidate parse(String line) {
        return CandidateLine.parse(line);
    }

    /** Whether the address is a name of mDNS, which stands in for an address that is not to be told. */
    public boolean isMdns() {
        return address.length() > 6 && address.regionMatches(true, address.length() - 6, ".local", 0, 6);
    }

    /** The address and port as a socket address, or null if the address is a name: nothing is ever looked up here. */
    public @Nullable InetSocketAddress socketAddress() {
        InetAddress literal = IpLiteral.parse(address);
        return literal == null ? null : new InetSocketAddress(literal, port);
    }

    /** This candidate with another address, or a name for it. */
    Candidate withAddress(String other) {
        return new Candidate(
                foundation,
                component,
                protocol,
                priority,
                other,
                port,
                type,
                relatedAddress,
                relatedPort,
                tcpType,
                usernameFragment);
    }

    /** This candidate with another generation of credentials named, or none. */
    public Candidate withUsernameFragment(@Nullable String fragment) {
        return new Candidate(
                foundation,
                component,
                protocol,
                priority,
                address,
                port,
                type,
                relatedAddress,
                relatedPort,
                tcpType,
                fragment);
    }

    /** The line {@code candidate:…} of RFC 8839 §5.1, without {@code a=}. */
    @Override
    public String toString() {
        return CandidateLine.format(this);
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "candidate " + what + " must be " + least + " to " + most + ", not " + value);
        }
    }

    private static void requireAddress(String what, String address) {
        if (IpLiteral.parse(address) == null && !IpLiteral.isHostName(address)) {
            throw new IllegalArgumentException("candidate " + what + " is neither an IP address nor a host name");
        }
    }
}
