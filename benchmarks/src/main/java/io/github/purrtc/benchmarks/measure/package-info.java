/** One measurement at a time, from the socket to the user, with both ends in one process or as one end of two. */
@NullMarked
package io.github.purrtc.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
