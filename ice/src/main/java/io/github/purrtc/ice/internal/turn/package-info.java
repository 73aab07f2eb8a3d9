/** A TURN client (RFC 8656) without I/O: an allocation, its permissions and channels, and how data is framed. */
@NullMarked
package io.github.purrtc.ice.internal.turn;

import org.jspecify.annotations.NullMarked;
