/** This library and the others, each with each: what works, in figures. */
@NullMarked
package io.github.purrtc.interop;

import org.jspecify.annotations.NullMarked;
