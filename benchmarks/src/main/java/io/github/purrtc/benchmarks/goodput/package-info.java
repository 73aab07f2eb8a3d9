/** How much of a path the association fills, in virtual time. */
@NullMarked
package io.github.purrtc.benchmarks.goodput;

import org.jspecify.annotations.NullMarked;
