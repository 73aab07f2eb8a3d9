/** Other processes: started, listened to and ended. */
@NullMarked
package io.github.purrtc.benchmarks.process;

import org.jspecify.annotations.NullMarked;
