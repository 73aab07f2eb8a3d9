/**
 * Session descriptions for data channels: {@link io.github.purrtc.sdp.SdpDocument} reads, answers and writes them.
 *
 * <p>All types are immutable and may be shared between threads. Every record checks its parts when it is made, so that
 * what was parsed needs no second look and what is written cannot be malformed.
 */
@NullMarked
package io.github.purrtc.sdp;

import org.jspecify.annotations.NullMarked;
