/** Goodput of real processes over the emulated path, ours and others', by round trip and loss, as a page with charts. */
@NullMarked
package io.github.purrtc.benchmarks.curves;

import org.jspecify.annotations.NullMarked;
