/**
 * WebRTC data channels with the names and semantics of the W3C's
 * <a href="https://www.w3.org/TR/webrtc/">WebRTC: Real-Time Communication in Browsers</a>.
 *
 * <p>Everything here may be called from any thread. Each {@link io.github.purrtc.PeerConnection} lives on one event loop;
 * listeners run on that loop, one at a time, and must not block it.
 */
@NullMarked
package io.github.purrtc;

import org.jspecify.annotations.NullMarked;
