/** How fast purrtc is: one program with a command for each question. */
@NullMarked
package io.github.purrtc.benchmarks;

import org.jspecify.annotations.NullMarked;
