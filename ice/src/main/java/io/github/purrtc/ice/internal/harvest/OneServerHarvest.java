package io.github.purrtc.ice.internal.harvest;

import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.StunCandidateHarvest;
import org.ice4j.ice.harvest.StunCandidateHarvester;

import java.net.InetSocketAddress;
import java.util.Map;

/** ice4j's harvesters, which do not tell of themselves for which host candidate a candidate was found. */
final class OneServerHarvest {
    private OneServerHarvest() {}

    /** @param origins is told the host candidate of each candidate found */
    static StunCandidateHarvester of(InetSocketAddress address, Map<LocalCandidate, HostCandidate> origins) {
        return new Stun(new TransportAddress(address, Transport.UDP), origins);
    }

    private static final class Stun extends StunCandidateHarvester {
        private final Map<LocalCandidate, HostCandidate> origins;

        Stun(TransportAddress server, Map<LocalCandidate, HostCandidate> origins) {
            super(server);
            this.origins = origins;
        }

        @Override
        protected StunCandidateHarvest createHarvest(HostCandidate host) {
            return new StunCandidateHarvest(this, host) {
                @Override
                protected boolean addCandidate(LocalCandidate candidate) {
                    origins.put(candidate, host);
                    return super.addCandidate(candidate);
                }
            };
        }
    }
}
