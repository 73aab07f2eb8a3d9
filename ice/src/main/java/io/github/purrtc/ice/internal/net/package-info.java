/** UDP sockets in bursts, over Netty: the only place that knows buffers, channels and offloads. */
@NullMarked
package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.NullMarked;
