package io.github.purrtc;

import io.github.purrtc.ice.NetworkOptions;

/**
 * Options of the runtime.
 *
 * @param network how many event loops there are and what kind of sockets they use
 */
public record WebRtcOptions(NetworkOptions network) {}
