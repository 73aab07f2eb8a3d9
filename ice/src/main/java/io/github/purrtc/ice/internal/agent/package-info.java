/** The ICE agent as a deterministic state machine: no socket, no thread, no clock, no global randomness. */
@NullMarked
package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.NullMarked;
