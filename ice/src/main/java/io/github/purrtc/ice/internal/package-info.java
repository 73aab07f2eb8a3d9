/** What every part of this module needs, and nothing outside it. */
@NullMarked
package io.github.purrtc.ice.internal;

import org.jspecify.annotations.NullMarked;
