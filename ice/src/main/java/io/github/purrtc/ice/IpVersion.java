package io.github.purrtc.ice;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The versions of IP. */
public enum IpVersion {
    /** Internet Protocol version 4. */
    IPV4,
    /** Internet Protocol version 6. */
    IPV6;

    static IpVersion of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }
}
