package io.github.purrtc.ice.internal.harvest;

import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceSocketWrapper;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Tells ice4j of our sockets in place of those that it would open. */
final class HostBridges extends AbstractCandidateHarvester {
    private static final Logger LOG = LoggerFactory.getLogger(HostBridges.class);

    private final List<BridgeSocket> bridges;

    HostBridges(List<BridgeSocket> bridges) {
        this.bridges = bridges;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component component) {
        List<LocalCandidate> candidates = new ArrayList<>();
        for (BridgeSocket bridge : bridges) {
            try {
                IceSocketWrapper wrapper = new IceUdpSocketWrapper(new MultiplexingDatagramSocket(bridge));
                HostCandidate candidate = new HostCandidate(wrapper, component);
                if (component.addLocalCandidate(candidate)) {
                    component
                            .getParentStream()
                            .getParentAgent()
                            .getStunStack()
                            .addSocket(candidate.getStunSocket(null));
                    candidates.add(candidate);
                }
            } catch (SocketException e) {
                LOG.debug("No bridge to ice4j: {}", e.getMessage());
            }
        }
        return candidates;
    }

    @Override
    public boolean isHostHarvester() {
        return true;
    }
}
