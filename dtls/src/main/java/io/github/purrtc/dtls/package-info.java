/**
 * A DTLS 1.2 transport for WebRTC (RFC 6347, 8827, 8842): both roles, certificates from both sides, the peer's checked
 * against fingerprints.
 */
@NullMarked
package io.github.purrtc.dtls;

import org.jspecify.annotations.NullMarked;
