package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/** What a configuration may be, and what setConfiguration may not change of it: webrtc-pc §4.4.1.6. */
final class ConfigurationRules {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9+/]{0,128}");
    private static final int MIN_RECEIVE_WINDOW = 64 * 1024;

    private ConfigurationRules() {}

    /** @throws RtcException TypeError, if values are out of range or do not fit each other */
    static void requireSound(Configuration made) {
        int window = made.receiveWindow();
        int maxWindow = made.maxReceiveWindow();
        require(window >= MIN_RECEIVE_WINDOW, "receiveWindow is below 65,536 bytes: " + window);
        require(
                window <= maxWindow,
                "the receiveWindow's bounds are the wrong way round: " + window + ", " + maxWindow);
        int maxMessageSize = made.maxMessageSize();
        require(maxMessageSize > 0, "maxMessageSize must be positive: " + maxMessageSize);
        require(
                maxMessageSize <= maxWindow,
                "maxMessageSize " + maxMessageSize + " does not fit into the receiveWindow " + maxWindow);
        int least = made.pathMtuDiscovery() ? Configuration.BASE_DATAGRAM_SIZE : Configuration.LEAST_DATAGRAM_SIZE;
        int datagram = made.maxDatagramSize();
        require(
                datagram >= least && datagram <= Configuration.MAX_DATAGRAM_SIZE,
                "maxDatagramSize must be " + least + " to 16,421 bytes: " + datagram);
        int buffer = made.sendBufferLimit();
        int maxBuffer = made.maxSendBufferLimit();
        require(
                buffer > 0 && buffer <= maxBuffer,
                "sendBufferLimit must be positive, its lower bound first: " + buffer + ", " + maxBuffer);
        String prefix = made.usernameFragmentPrefix();
        require(
                PREFIX.matcher(prefix).matches(),
                "usernameFragmentPrefix must be up to 128 letters, digits, '+' and '/': " + prefix);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new RtcException(ErrorName.TYPE_ERROR, message);
        }
    }

    /** @param described whether a local description was set */
    static void requireChangeable(Configuration before, Configuration after, boolean described) {
        if (!after.certificates().isEmpty()) {
            requireSame("certificates", Set.copyOf(before.certificates()), Set.copyOf(after.certificates()));
        }
        requireSame("bundlePolicy", before.bundlePolicy(), after.bundlePolicy());
        if (described) {
            requireSame("iceCandidatePoolSize", before.iceCandidatePoolSize(), after.iceCandidatePoolSize());
        }
        requireSame("sdpDialect", before.sdpDialect(), after.sdpDialect());
        requireSame(
                "iceLite",
                Transports.gatherOptions(before).lite(),
                Transports.gatherOptions(after).lite());
        requireSame("receiveWindow", before.receiveWindow(), after.receiveWindow());
        requireSame("maxReceiveWindow", before.maxReceiveWindow(), after.maxReceiveWindow());
        requireSame("sendBufferLimit", before.sendBufferLimit(), after.sendBufferLimit());
        requireSame("maxSendBufferLimit", before.maxSendBufferLimit(), after.maxSendBufferLimit());
        requireSame("sctpPort", before.sctpPort(), after.sctpPort());
        requireSame("pathMtuDiscovery", before.pathMtuDiscovery(), after.pathMtuDiscovery());
        requireSame("zeroChecksum", before.zeroChecksum(), after.zeroChecksum());
        requireSame("sctpInit", before.sctpInit(), after.sctpInit());
        requireSame("maxMessageSize", before.maxMessageSize(), after.maxMessageSize());
        requireSame("messagesOfAnySize", before.messagesOfAnySize(), after.messagesOfAnySize());
    }

    private static void requireSame(String what, @Nullable Object before, @Nullable Object after) {
        if (before == null ? after != null : !before.equals(after)) {
            throw new RtcException(
                    ErrorName.INVALID_MODIFICATION_ERROR, what + " cannot be changed after the connection was made");
        }
    }
}
