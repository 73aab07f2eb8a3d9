package io.github.purrtc.peers;

import io.github.purrtc.Configuration;

/** purrtc with itself. */
class PurrtcPeerTest extends PeerSuite {
    @Override
    Peer other(Configuration configuration, Manners manners) {
        return new PurrtcPeer(configuration, manners);
    }
}
