package io.github.purrtc.benchmarks.compare;

import io.github.purrtc.benchmarks.emulator.Relay.Carried;

import java.util.ArrayList;
import java.util.List;

/**
 * User data a second through a relay: what its path carried in a window, times the share of all it had carried that was handed out.
 *
 * <p>What is handed out in the window says less: with an ordered channel much may wait behind a hole when it begins, and come out
 * in it. Of all that was carried no more can have been handed out than fits in, so neither factor, nor what they make, is ever
 * above what a path has. What waits behind a hole counts as lost, so the moment counts at which the share was greatest, as the least
 * waited then: of the window's second half, and of the time after it, in which nothing new is sent.
 */
final class Goodput {
    private final Carried begin;
    private Carried end;
    private final List<Moment> moments = new ArrayList<>();

    /** @param share of what was carried since the path is there */
    private record Moment(long nanos, double share) {}

    Goodput(Carried begin) {
        this.begin = begin;
        end = begin;
    }

    /**
     * What there is of user data at the receiver.
     *
     * @param bytes since the beginning of the connection
     * @param carried then or later
     */
    void handedOut(long bytes, Carried carried) {
        moments.add(new Moment(carried.nanos(), (double) bytes / carried.bytes()));
    }

    /** The window ends. */
    void end(Carried carried) {
        end = carried;
    }

    /** In the window. */
    double bytesPerSecond() {
        double seconds = (end.nanos() - begin.nanos()) / 1e9;
        return share() * (end.bytes() - begin.bytes()) / seconds;
    }

    private double share() {
        return moments.stream()
                .filter(moment -> moment.nanos - begin.nanos() >= (end.nanos() - begin.nanos()) / 2)
                .mapToDouble(Moment::share)
                .max()
                .orElse(0);
    }
}
