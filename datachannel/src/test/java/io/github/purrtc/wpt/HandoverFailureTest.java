package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.RtcException;
import io.github.purrtc.dtls.DtlsTransportState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** RFC 8842 §5.5: the association that was left is of no use any more. */
@DisplayName("protocol/handover-failure.html")
class HandoverFailureTest {
    @Test
    @DisplayName(
            "A handover whose new DTLS association fails to verify reports failed and stops using the previous association")
    void failed() {
        try (PeerConnection offerer = connection();
                PeerConnection first = connection();
                PeerConnection second = connection()) {
            BlockingQueue<String> closed = new LinkedBlockingQueue<>();
            DataChannel before = channelPair(offerer, first, false).here();
            before.onClose(() -> closed.add("closed"));

            exchangeIceCandidates(offerer, second);
            get(offerer.setLocalDescription(get(offerer.createOffer(OfferOption.ICE_RESTART))));
            get(second.setRemoteDescription(offerer.localDescription()));
            get(second.setLocalDescription());
            String wrong = described(second.localDescription())
                    .sdp()
                    .replaceAll("a=fingerprint:sha-256 [^\r]*", "a=fingerprint:sha-256 " + "BA:".repeat(31) + "BA");
            get(offerer.setRemoteDescription(answer(wrong)));

            until("failed", () -> offerer.connectionState() == PeerConnectionState.FAILED);
            until("DTLS failed", () -> sctpOf(offerer).transport().state() == DtlsTransportState.FAILED);
            poll(closed);
            assertThrows(RtcException.class, () -> before.send("too late"));
        }
    }
}
