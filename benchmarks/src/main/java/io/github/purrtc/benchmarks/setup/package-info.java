/** From the offer to the first message, over a path with distance and loss. */
@NullMarked
package io.github.purrtc.benchmarks.setup;

import org.jspecify.annotations.NullMarked;
