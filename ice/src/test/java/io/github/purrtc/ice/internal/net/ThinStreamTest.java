package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ThinStreamTest {
    private static final int MOST_DATAGRAM_BYTES = 2_048;

    @Test
    void linuxRepeatsWhatIsLostOfThinStreamsWithoutDoublingAtOnce() {
        Assumptions.assumeTrue(Epoll.isAvailable(), "needs epoll");
        SocketKind kind = SocketKind.epoll(MOST_DATAGRAM_BYTES);
        for (Channel channel : new Channel[] {kind.newStreamChannel(), kind.newListeningChannel()}) {
            try {
                assertEquals(1, channel.config().getOption(EpollSocketKind.TCP_THIN_LINEAR_TIMEOUTS));
            } finally {
                channel.unsafe().closeForcibly();
            }
        }
    }
}
