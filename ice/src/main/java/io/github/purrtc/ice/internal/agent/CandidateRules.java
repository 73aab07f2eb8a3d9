package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.TcpType;
import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** How priorities and foundations are computed (RFC 8445 §5.1). */
public final class CandidateRules {

    /** Below server-reflexive ones over UDP, above relayed ones: as others have it. */
    private static final int TCP_HOST_PREFERENCE = 90;

    private static final int TCP_PEER_REFLEXIVE_PREFERENCE = 80;
    private static final int LOW_24_BITS = 0xFF_FFFF;

    /** RFC 8445 §5.1.2; some agents go beyond. */
    private static final long MAX_PRIORITY = 0x7FFF_FFFFL;

    private CandidateRules() {}

    /**
     * RFC 8445 §5.1.2.1.
     *
     * @param localPreference 0 to 65535, unique among one agent's candidates of a type
     */
    public static long priority(CandidateType type, int localPreference, int component) {
        return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - component);
    }

    /**
     * The priority of a TCP host candidate (RFC 6544 §4.2): below all of UDP, active before passive.
     *
     * @param localPreference as of a UDP candidate of that address
     */
    public static long tcpHostPriority(TcpType type, int localPreference, int component) {
        int direction =
                switch (type) {
                    case ACTIVE -> 6;
                    case PASSIVE -> 4;
                    case SIMULTANEOUS_OPEN -> 2;
                };
        // 13 bits are left: two of the kind of address, whose values are 0, 1, 254 and 255, and eight of the order
        int kind = ((localPreference >> 8) & 1) | ((localPreference >> 14) & 2);
        int other = (kind << 8) | (localPreference & 0xFF);
        return ((long) TCP_HOST_PREFERENCE << 24) + ((long) ((direction << 13) | other) << 8) + (256 - component);
    }

    /** The priority that a peer-reflexive candidate with this base has (RFC 8445 §7.1.1). */
    static long peerReflexivePriority(Candidate base) {
        int preference = base.protocol() == IceProtocol.TCP
                ? TCP_PEER_REFLEXIVE_PREFERENCE
                : CandidateType.PEER_REFLEXIVE.preference();
        return ((long) preference << 24) | (base.priority() & LOW_24_BITS);
    }

    /**
     * A local preference by the address's kind (RFC 8421 §4: IPv6 a little before IPv4; loopback last), then by order.
     *
     * @param order 0 to 255, the place of the address among those of its kind
     */
    public static int localPreference(InetAddress address, int order) {
        int kind;
        if (address.isLoopbackAddress()) {
            kind = 0;
        } else if (address.isLinkLocalAddress()) {
            kind = 1;
        } else {
            kind = address instanceof Inet6Address ? 255 : 254;
        }
        return (kind << 8) | (255 - Math.min(order, 255));
    }

    /**
     * Equal for candidates of equal type, base address, protocol and server (RFC 8445 §5.1.1.3).
     *
     * @param salt one number per gatherer, so that the foundation does not tell the address
     */
    public static String foundation(
            CandidateType type, InetAddress base, IceProtocol protocol, @Nullable InetAddress server, long salt) {
        CRC32 crc = new CRC32();
        String serverText = server == null ? "" : server.getHostAddress();
        String key = salt + " " + type + " " + base.getHostAddress() + " " + protocol + " " + serverText;
        crc.update(key.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** RFC 8445 §6.1.2.3: G is the controlling, D the controlled agent's candidate priority. */
    static long pairPriority(long controlling, long controlled) {
        long g = Math.min(controlling, MAX_PRIORITY);
        long d = Math.min(controlled, MAX_PRIORITY);
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }
}
