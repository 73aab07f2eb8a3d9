/** Runnable examples: the echo server and its page, and rawrtc's tools. */
@NullMarked
package io.github.purrtc.examples;

import org.jspecify.annotations.NullMarked;
