package io.github.purrtc.sdp;

import java.util.List;

/**
 * An address as the lines {@code o=} and {@code c=} have it (RFC 8866 §5.2, §5.7): three words, not resolved.
 *
 * @param networkType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an address or a host name
 */
public record NetworkAddress(String networkType, String addressType, String address) {
    /** {@code IN IP4 0.0.0.0}: nothing is known yet, candidates tell (RFC 8840 §4.1.1). */
    public static final NetworkAddress UNSPECIFIED = new NetworkAddress("IN", "IP4", "0.0.0.0");

    /** {@code IN IP4 127.0.0.1}, which discloses nothing (RFC 9429 §5.2.1). */
    public static final NetworkAddress LOOPBACK = new NetworkAddress("IN", "IP4", "127.0.0.1");

    /** Requires three words. */
    public NetworkAddress {
        Text.requireToken("network type", networkType);
        Text.requireToken("address type", addressType);
        Text.requireWord("address", address);
    }

    static NetworkAddress parse(List<String> words) {
        if (words.size() != 3) {
            throw new IllegalArgumentException("an address has three words, not " + words.size());
        }
        return new NetworkAddress(words.get(0), words.get(1), words.get(2));
    }

    /** The three words, as they are written. */
    @Override
    public String toString() {
        return networkType + ' ' + addressType + ' ' + address;
    }
}
