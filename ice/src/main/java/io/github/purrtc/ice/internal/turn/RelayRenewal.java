package io.github.purrtc.ice.internal.turn;

import java.util.concurrent.TimeUnit;

/** How long after they were granted a permission and a channel are asked for again. */
public record RelayRenewal(long permissionNanos, long channelNanos) {
    /** RFC 8656 §9, §12: permissions last 5 minutes, channels 10; they are renewed a minute before. */
    public static final RelayRenewal STANDARD =
            new RelayRenewal(TimeUnit.MINUTES.toNanos(4), TimeUnit.MINUTES.toNanos(9));
}
