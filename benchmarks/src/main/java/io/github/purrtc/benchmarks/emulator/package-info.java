/** A network path between two real peers, on this machine: delay, loss, rate and whatever else paths do. */
@NullMarked
package io.github.purrtc.benchmarks.emulator;

import org.jspecify.annotations.NullMarked;
