/** What cannot be beaten: plain UDP, and the cipher alone. */
@NullMarked
package io.github.purrtc.benchmarks.limit;

import org.jspecify.annotations.NullMarked;
