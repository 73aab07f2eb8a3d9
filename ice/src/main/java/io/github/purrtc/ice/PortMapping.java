package io.github.purrtc.ice;

/** Whether the router is asked to let packets in. */
public enum PortMapping {
    /** It is not asked. */
    NONE,
    /** By UPnP, if the network has an Internet gateway device; the mapping is taken back at the end. */
    UPNP
}
