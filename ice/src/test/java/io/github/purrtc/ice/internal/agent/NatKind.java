package io.github.purrtc.ice.internal.agent;

/** How a network treats UDP, in the words of RFC 3489 §5 (and RFC 4787: how it maps, and how it filters). */
enum NatKind {
    NONE,
    FULL_CONE,
    ADDRESS_RESTRICTED,
    PORT_RESTRICTED,
    SYMMETRIC,
    /** An address-restricted one at home, and the provider's port-restricted one. */
    DOUBLE,
    /** No UDP at all; a relay is reached by TCP. */
    UDP_BLOCKED;

    /** RFC 4787 §4.1: whether each destination gets a port of its own. */
    boolean mapsByDestination() {
        return this == SYMMETRIC;
    }

    /** What is let in: from anywhere, from an address that was sent to, or from exactly such an address and port. */
    Filtering filtering() {
        return switch (this) {
            case NONE, FULL_CONE -> Filtering.NONE;
            case ADDRESS_RESTRICTED -> Filtering.ADDRESS;
            case PORT_RESTRICTED, SYMMETRIC, DOUBLE, UDP_BLOCKED -> Filtering.ADDRESS_AND_PORT;
        };
    }

    enum Filtering {
        NONE,
        ADDRESS,
        ADDRESS_AND_PORT
    }

    /** Whether two such networks reach each other without a relay. */
    boolean reaches(NatKind other) {
        if (this == UDP_BLOCKED || other == UDP_BLOCKED) {
            return false;
        }
        return !(mapsByDestination() && other.filtering() == Filtering.ADDRESS_AND_PORT)
                && !(other.mapsByDestination() && filtering() == Filtering.ADDRESS_AND_PORT);
    }
}
