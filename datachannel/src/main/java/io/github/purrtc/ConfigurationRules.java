package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/** What setConfiguration may not change: webrtc-pc §4.4.1.6. */
final class ConfigurationRules {
    private ConfigurationRules() {}

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
        requireSame("maxSendBufferLimit", before.maxSendBufferLimit(), after.maxSendBufferLimit());
        requireSame("sendBufferLimit", before.sendBufferLimit(), after.sendBufferLimit());
        requireSame("sctpPort", before.sctpPort(), after.sctpPort());
        requireSame("pathMtuDiscovery", before.pathMtuDiscovery(), after.pathMtuDiscovery());
        requireSame("zeroChecksum", before.zeroChecksum(), after.zeroChecksum());
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
