/** The engine behind {@link io.github.purrtc.dtls.DtlsTransport}: Bouncy Castle, and what stands guard in front of it. */
@NullMarked
package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.NullMarked;
