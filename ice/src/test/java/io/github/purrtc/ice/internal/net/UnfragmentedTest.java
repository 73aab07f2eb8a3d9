package io.github.purrtc.ice.internal.net;

import io.github.purrtc.testing.OwnNetwork;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** In a network namespace of its own, whose loopback interface is narrow. */
class UnfragmentedTest {
    private static final String NARROW = "ip link set lo up mtu 1300";

    @Test
    void epollSendsOnRequestInOnePacketOrNotAtAll() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "Skipped: no epoll");
        String story = OwnNetwork.run(NARROW, NarrowLoopback.class, "epoll");
        assertTrue(story.endsWith(" 1400 null 1200 1400 10, refused"), story);
    }

    @Test
    void nioDoesFromJdk19On() throws Exception {
        String story = OwnNetwork.run(NARROW, NarrowLoopback.class, "nio");
        String expected = Runtime.version().feature() >= 19
                ? "nio 1400 null 1200 1400 10, refused"
                : "nio 1400 1400 1200 1400 10, nothing refused";
        assertTrue(story.endsWith(expected), story);
    }
}
