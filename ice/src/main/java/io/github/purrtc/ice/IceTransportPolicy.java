package io.github.purrtc.ice;

/** Which candidates are gathered at all (W3C webrtc-pc, RTCIceTransportPolicy). */
public enum IceTransportPolicy {
    /** Those of all kinds. */
    ALL,
    /** Only those of TURN servers: the peer never learns an address of ours. */
    RELAY
}
