package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.sctp.SctpOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A path and the flows that share it, in virtual time: the same seed gives the same run. */
final class SharedPath {
    private static final long START_NANOS = 1;

    private final Path path;
    private final SplittableRandom random;
    private final List<Flow> flows = new ArrayList<>();
    private final Link toZ;
    private final Link toA;
    private long nowNanos = START_NANOS;

    SharedPath(Path path, long seed) {
        this.path = path;
        random = new SplittableRandom(seed);
        int maxPacketSize = SctpOptions.defaults().maxPacketSize();
        toZ = link(maxPacketSize);
        toA = link(maxPacketSize);
    }

    private Link link(int maxPacketSize) {
        return new Link(path.bottleneck(maxPacketSize), path.behindBottleneck(), maxPacketSize, random.split());
    }

    /** A flow that begins so long after the beginning; only before time passes. */
    Flow add(Control control, long afterNanos) {
        Flow flow = new Flow(flows.size(), options(control), START_NANOS + afterNanos, random.split());
        flows.add(flow);
        return flow;
    }

    /** Windows that are never what limits: eight bandwidth-delay products, where the queue holds one. */
    private SctpOptions options(Control control) {
        long window = Math.max(16 << 20, 8 * path.bandwidthDelayProduct());
        SctpOptions.Builder builder =
                SctpOptions.builder().receiveWindow(window).sendBufferLimit(window);
        return control.choose(builder).build();
    }

    /** Goes on until so much time has passed since the beginning. */
    void runUntil(long nanos) {
        for (long next = next(); next <= START_NANOS + nanos; next = next()) {
            nowNanos = next;
            while (toZ.nextArrival() <= nowNanos) {
                flows.get(toZ.nextFlow()).arriveAtZ(toZ.receive(), nowNanos);
            }
            while (toA.nextArrival() <= nowNanos) {
                flows.get(toA.nextFlow()).arriveAtA(toA.receive(), nowNanos);
            }
            for (Flow flow : flows) {
                flow.pump(toZ, toA, nowNanos);
            }
        }
    }

    /** The bottleneck of what is sent. */
    Link bottleneck() {
        return toZ;
    }

    private long next() {
        long next = Math.min(toA.nextArrival(), toZ.nextArrival());
        for (Flow flow : flows) {
            next = Math.min(next, flow.nextTimeout());
        }
        return next;
    }
}
