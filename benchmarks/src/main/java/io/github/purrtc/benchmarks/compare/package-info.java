/** This library beside others: all measurements, in turn, in one run; and what comes out of it, as a page with charts. */
@NullMarked
package io.github.purrtc.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
