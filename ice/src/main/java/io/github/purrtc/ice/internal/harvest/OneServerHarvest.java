package io.github.purrtc.ice.internal.harvest;

import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RelayedCandidate;
import org.ice4j.ice.harvest.StunCandidateHarvest;
import org.ice4j.ice.harvest.StunCandidateHarvester;
import org.ice4j.ice.harvest.TurnCandidateHarvest;
import org.ice4j.ice.harvest.TurnCandidateHarvester;
import org.ice4j.security.LongTermCredential;
import org.ice4j.socket.StunDatagramPacketFilter;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Map;

/** ice4j's harvesters, which do not tell of themselves for which host candidate a candidate was found. */
final class OneServerHarvest {
    private OneServerHarvest() {}

    /** @param origins is told the host candidate of each candidate found */
    static StunCandidateHarvester of(
            ServerHarvest.Server server, InetSocketAddress address, Map<LocalCandidate, HostCandidate> origins) {
        TransportAddress there = new TransportAddress(address, Transport.UDP);
        if (server.url().relays()) {
            return new Turn(there, new LongTermCredential(server.username(), server.credential()), origins);
        }
        return new Stun(there, origins);
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

    private static final class Turn extends TurnCandidateHarvester {
        private final Map<LocalCandidate, HostCandidate> origins;

        Turn(TransportAddress server, LongTermCredential credential, Map<LocalCandidate, HostCandidate> origins) {
            super(server, credential);
            this.origins = origins;
        }

        @Override
        protected TurnCandidateHarvest createHarvest(HostCandidate host) {
            return new TurnCandidateHarvest(this, host) {
                @Override
                protected boolean addCandidate(LocalCandidate candidate) {
                    origins.put(candidate, host);
                    return super.addCandidate(candidate);
                }

                @Override
                protected RelayedCandidate createRelayedCandidate(TransportAddress relayed, TransportAddress mapped) {
                    return new DataCandidate(relayed, this, mapped);
                }
            };
        }
    }

    /** ice4j would answer the peer's STUN messages itself; here they are data, and our agent's. */
    private static final class DataCandidate extends RelayedCandidate {
        DataCandidate(TransportAddress relayed, TurnCandidateHarvest harvest, TransportAddress mapped) {
            super(relayed, harvest, mapped);
        }

        @Override
        protected StunDatagramPacketFilter createStunDatagramPacketFilter(TransportAddress serverAddress) {
            return new StunDatagramPacketFilter(serverAddress) {
                @Override
                public boolean accept(DatagramPacket packet) {
                    return false;
                }
            };
        }
    }
}
