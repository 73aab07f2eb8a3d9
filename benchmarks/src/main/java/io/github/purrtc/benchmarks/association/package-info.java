/** The association alone, both ends in one thread through memory. */
@NullMarked
package io.github.purrtc.benchmarks.association;

import org.jspecify.annotations.NullMarked;
