/** What both directions of the association share. */
@NullMarked
package io.github.purrtc.sctp.internal;

import org.jspecify.annotations.NullMarked;
