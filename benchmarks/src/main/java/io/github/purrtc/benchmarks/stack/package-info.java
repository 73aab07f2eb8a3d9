/** What is measured: implementations of data channels, all by the same few verbs. */
@NullMarked
package io.github.purrtc.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
