/** The receiving half of the association: which TSNs arrived, and the messages made of them. */
@NullMarked
package io.github.purrtc.sctp.rx;

import org.jspecify.annotations.NullMarked;
