package io.github.purrtc.examples;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.Map;

/** Where the nodes are, by the name that their username fragments begin with. */
record NodeTable(Map<String, InetSocketAddress> nodes) {
    /** Parts the name from the random rest; an ice-char (RFC 8839 §5.4) that no name has. */
    static final char END_OF_NAME = '+';

    /** @throws IllegalArgumentException unless it has 1 to 64 letters and digits */
    static String requireName(String name) {
        if (!name.matches("[A-Za-z0-9]{1,64}")) {
            throw new IllegalArgumentException("a node's name is letters and digits, not '" + name + "'");
        }
        return name;
    }

    /** The node that has made this username fragment, null if it is none of these. */
    @Nullable
    String nameOf(String usernameFragment) {
        int end = usernameFragment.indexOf(END_OF_NAME);
        String name = end < 0 ? "" : usernameFragment.substring(0, end);
        return nodes.containsKey(name) ? name : null;
    }

    InetSocketAddress address(String name) {
        InetSocketAddress address = nodes.get(name);
        if (address == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return address;
    }
}
