package io.github.purrtc.ice;

import java.time.Duration;

/**
 * What of ICE's timing can be chosen. The defaults suit nearly everyone.
 *
 * @param checkInterval Ta, the time between two ordinary connectivity checks once the first few are out (RFC 8445 §14.2); at
 *     least 5 ms
 * @param initialRto how long a check without an answer waits for its first retransmission while the round trip time is
 *     unknown; doubles each time
 * @param consentInterval the time between two consent checks, randomized by 20 % (RFC 7675 §5.1)
 * @param disconnectedTimeout silence of the selected pair's peer after which the transport is disconnected
 * @param failedTimeout silence after which consent to send has expired and the transport fails, a hundredth of it early, as
 *     timers come late (RFC 7675 §5.1), and likewise how long the
 *     checks go on without a sign of the peer before the transport fails
 */
public record IceOptions(
        Duration checkInterval,
        Duration initialRto,
        Duration consentInterval,
        Duration disconnectedTimeout,
        Duration failedTimeout) {

    private static final IceOptions DEFAULTS = new IceOptions(
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is too small
     */
    public IceOptions {
        requireAtLeast("checkInterval", checkInterval, Duration.ofMillis(5));
        requireAtLeast("initialRto", initialRto, Duration.ofMillis(10));
        requireAtLeast("consentInterval", consentInterval, Duration.ofMillis(100));
        requireAtLeast("disconnectedTimeout", disconnectedTimeout, Duration.ofMillis(100));
        requireAtLeast("failedTimeout", failedTimeout, disconnectedTimeout);
    }

    /** 20 ms, 100 ms, 5 s, 5 s and 30 s. */
    public static IceOptions defaults() {
        return DEFAULTS;
    }

    /** These with another {@link #checkInterval}. */
    public IceOptions withCheckInterval(Duration value) {
        return new IceOptions(value, initialRto, consentInterval, disconnectedTimeout, failedTimeout);
    }

    /** These with another {@link #initialRto}. */
    public IceOptions withInitialRto(Duration value) {
        return new IceOptions(checkInterval, value, consentInterval, disconnectedTimeout, failedTimeout);
    }

    /** These with another {@link #consentInterval}. */
    public IceOptions withConsentInterval(Duration value) {
        return new IceOptions(checkInterval, initialRto, value, disconnectedTimeout, failedTimeout);
    }

    /** These with another {@link #disconnectedTimeout}. */
    public IceOptions withDisconnectedTimeout(Duration value) {
        return new IceOptions(checkInterval, initialRto, consentInterval, value, failedTimeout);
    }

    /** These with another {@link #failedTimeout}. */
    public IceOptions withFailedTimeout(Duration value) {
        return new IceOptions(checkInterval, initialRto, consentInterval, disconnectedTimeout, value);
    }

    private static void requireAtLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
        if (value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " must be at most a day, not " + value);
        }
    }
}
