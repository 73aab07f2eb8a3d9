/** The part of STUN (RFC 8489) that ICE speaks: Binding messages, their attributes, integrity and fingerprint. */
@NullMarked
package io.github.purrtc.ice.internal.stun;

import org.jspecify.annotations.NullMarked;
