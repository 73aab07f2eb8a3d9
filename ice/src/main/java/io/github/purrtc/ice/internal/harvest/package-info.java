/** Candidates from STUN and TURN servers, gathered by ice4j on our own sockets. */
@NullMarked
package io.github.purrtc.ice.internal.harvest;

import org.jspecify.annotations.NullMarked;
