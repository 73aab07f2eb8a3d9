/** DTLS alone, in memory: what a handshake and a record cost. */
@NullMarked
package io.github.purrtc.benchmarks.dtls;

import org.jspecify.annotations.NullMarked;
