/** Where the time goes, and where the garbage comes from: JFR's samples, by layer. */
@NullMarked
package io.github.purrtc.benchmarks.profile;

import org.jspecify.annotations.NullMarked;
