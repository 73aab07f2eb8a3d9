/**
 * The wire format of SCTP packets, chunks, parameters and error causes: RFC 9260 §3 with RFC 3758, RFC 4820, RFC 6525, RFC 8260
 * and RFC 9653.
 *
 * <p>Fields of 32 bits that are labels or serial numbers (verification tags, TSNs, MIDs, PPIDs) are raw {@code int}s; quantities of 32
 * bits are {@code long}s; fields of 16 and 8 bits are {@code int}s. Nothing here is thread-safe unless it is immutable.
 */
@NullMarked
package io.github.purrtc.sctp.packet;

import org.jspecify.annotations.NullMarked;
