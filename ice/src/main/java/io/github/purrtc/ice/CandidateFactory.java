package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.IpLiteral;
import io.github.purrtc.ice.internal.agent.CandidateRules;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes a gatherer's candidates: priorities, foundations and related addresses (RFC 8445 §5.1). */
final class CandidateFactory {
    private static final int COMPONENT = 1;

    private final long foundationSalt;
    private final Supplier<IceTransportPolicy> policy;
    private final Predicate<InetSocketAddress> isHidden;

    /**
     * A factory for one gatherer.
     *
     * @param foundationSalt a random number
     * @param isHidden whether that address of this host is kept from the peer
     */
    CandidateFactory(long foundationSalt, Supplier<IceTransportPolicy> policy, Predicate<InetSocketAddress> isHidden) {
        this.foundationSalt = foundationSalt;
        this.policy = policy;
        this.isHidden = isHidden;
    }

    /** @param order the place of the address among the host's */
    Candidate host(InetSocketAddress local, int order) {
        return Candidate.host(
                foundation(CandidateType.HOST, local.getAddress(), null),
                priority(CandidateType.HOST, local.getAddress(), order),
                local);
    }

    /** @param order the place of the address among the host's */
    Candidate tcpHost(TcpType type, InetSocketAddress local, int order) {
        InetAddress address = local.getAddress();
        int localPreference = CandidateRules.localPreference(address, order);
        return new Candidate(
                CandidateRules.foundation(CandidateType.HOST, address, IceProtocol.TCP, null, foundationSalt),
                COMPONENT,
                IceProtocol.TCP,
                CandidateRules.tcpHostPriority(type, localPreference, COMPONENT),
                IpLiteral.format(address),
                local.getPort(),
                CandidateType.HOST,
                null,
                0,
                type,
                null);
    }

    /** That host candidate as others know it. */
    static Candidate mapped(Candidate host, InetSocketAddress reachedAt) {
        return new Candidate(
                host.foundation(),
                host.component(),
                host.protocol(),
                host.priority(),
                IpLiteral.format(reachedAt.getAddress()),
                reachedAt.getPort(),
                host.type(),
                null,
                0,
                host.tcpType(),
                null);
    }

    /** What is known at the mapping's external address by the port of the host candidate. */
    Candidate learned(InetSocketAddress host, int order, InetAddress external) {
        return reflexive(host, order, new InetSocketAddress(external, host.getPort()), external);
    }

    Candidate reflexive(InetSocketAddress host, int order, InetSocketAddress mapped, InetAddress server) {
        InetAddress base = host.getAddress();
        return derived(
                CandidateType.SERVER_REFLEXIVE,
                foundation(CandidateType.SERVER_REFLEXIVE, base, server),
                priority(CandidateType.SERVER_REFLEXIVE, base, order),
                mapped,
                related(host));
    }

    /**
     * A relayed candidate.
     *
     * @param mapped what the server sees of us
     */
    Candidate relayed(
            InetAddress local, int order, InetSocketAddress relayed, InetSocketAddress mapped, InetAddress server) {
        return derived(
                CandidateType.RELAYED,
                foundation(CandidateType.RELAYED, relayed.getAddress(), server),
                priority(CandidateType.RELAYED, local, order),
                relayed,
                policy.get() == IceTransportPolicy.ALL ? related(mapped) : unspecified(mapped));
    }

    /** RFC 8839 §5.1: a related address is for diagnostics only; one that is not to be told is left out. */
    private InetSocketAddress related(InetSocketAddress host) {
        return isHidden.test(host) ? unspecified(host) : host;
    }

    private static Candidate derived(
            CandidateType type,
            String foundation,
            long priority,
            InetSocketAddress address,
            InetSocketAddress related) {
        return new Candidate(
                foundation,
                COMPONENT,
                IceProtocol.UDP,
                priority,
                IpLiteral.format(address.getAddress()),
                address.getPort(),
                type,
                IpLiteral.format(related.getAddress()),
                related.getPort(),
                null,
                null);
    }

    private String foundation(CandidateType type, InetAddress base, @Nullable InetAddress server) {
        return CandidateRules.foundation(type, base, IceProtocol.UDP, server, foundationSalt);
    }

    private static long priority(CandidateType type, InetAddress local, int order) {
        return CandidateRules.priority(type, CandidateRules.localPreference(local, order), COMPONENT);
    }

    private static InetSocketAddress unspecified(InetSocketAddress ofFamily) {
        try {
            byte[] any = new byte[ofFamily.getAddress().getAddress().length];
            return new InetSocketAddress(InetAddress.getByAddress(any), 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
