/** The sending half of the association: what waits, what is in flight, and when it may be sent. */
@NullMarked
package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.NullMarked;
