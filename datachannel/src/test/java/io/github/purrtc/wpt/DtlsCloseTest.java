package io.github.purrtc.wpt;

import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SctpTransportState;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 8842 §5.5, webrtc-pc §5.5: a closure alert ends what is above DTLS. */
@DisplayName("protocol/dtls-close.html")
class DtlsCloseTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("close() causes the other end's DTLS and SCTP transport and datachannels to close")
    void closed() {
        ChannelPair pair = channelPair(a, z, false);
        until("connected", () -> sctpOf(z).state() == SctpTransportState.CONNECTED);
        CompletableFuture<DtlsTransportState> dtls = new CompletableFuture<>();
        sctpOf(z).transport().onStateChange(dtls::complete);
        CompletableFuture<SctpTransportState> sctp = new CompletableFuture<>();
        sctpOf(z).onStateChange(sctp::complete);
        CompletableFuture<DataChannelState> channel = new CompletableFuture<>();
        pair.there().onClose(() -> channel.complete(pair.there().readyState()));
        pair.there().resume();
        a.close();
        assertEquals(DtlsTransportState.CLOSED, get(dtls));
        assertEquals(SctpTransportState.CLOSED, get(sctp));
        assertEquals(DataChannelState.CLOSED, get(channel));
    }
}
