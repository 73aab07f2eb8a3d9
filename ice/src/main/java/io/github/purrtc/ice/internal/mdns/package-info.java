/** The part of multicast DNS (RFC 6762) that ICE needs: addresses of random names (draft-ietf-mmusic-mdns-ice-candidates). */
@NullMarked
package io.github.purrtc.ice.internal.mdns;

import org.jspecify.annotations.NullMarked;
