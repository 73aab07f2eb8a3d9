/** For the tests of all modules: waiting for what happens, and programs that are not ours. */
@NullMarked
package io.github.purrtc.testing;

import org.jspecify.annotations.NullMarked;
