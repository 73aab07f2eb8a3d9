/**
 * One SCTP association as a deterministic state machine: bytes and time go in, bytes, messages and events come out. It has no
 * socket, thread, clock or randomness of its own. {@link io.github.purrtc.sctp.SctpAssociation} is the whole of its face.
 */
@NullMarked
package io.github.purrtc.sctp;

import org.jspecify.annotations.NullMarked;
