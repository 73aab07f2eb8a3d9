package io.github.purrtc.ice;

/** How the addresses of this host's interfaces are told to the peer. */
public enum HostAddressPolicy {
    /** As they are. */
    ADDRESSES,
    /**
     * By a random name each, which only this link can look up (draft-ietf-mmusic-mdns-ice-candidates §3.1). Where multicast
     * is not to be had, the peer is told no host candidates at all.
     */
    MDNS_NAMES
}
