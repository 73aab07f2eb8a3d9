package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.withoutCandidates;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §5.5: why DTLS failed. */
@DisplayName("RTCDtlsTransport-onerror.html")
class DtlsTransportOnErrorTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("fingerprint error is surfaced using RTCDtlsTransport.onerror")
    void fingerprint() {
        a.createDataChannel("test");
        get(a.setLocalDescription());
        String wrong = withoutCandidates(a.localDescription())
                .sdp()
                .replaceAll("a=fingerprint:sha-256 [^\r]*", "a=fingerprint:sha-256 " + "00:".repeat(31) + "00");
        get(z.setRemoteDescription(offer(wrong)));
        get(z.setLocalDescription());
        CompletableFuture<RtcException> answererError = new CompletableFuture<>();
        sctpOf(z).transport().onError(answererError::complete);
        get(a.setRemoteDescription(withoutCandidates(z.localDescription())));
        CompletableFuture<RtcException> offererError = new CompletableFuture<>();
        sctpOf(a).transport().onError(offererError::complete);
        deliverCandidates(a, z);

        RtcException answerer = get(answererError);
        assertEquals(ErrorName.OPERATION_ERROR, answerer.errorName());
        RtcErrorDetails details = answerer.details().orElseThrow();
        assertEquals(RtcErrorDetail.FINGERPRINT_FAILURE, details.errorDetail());
        assertEquals(OptionalInt.empty(), details.sentAlert());
        assertEquals(OptionalInt.empty(), details.receivedAlert());
        RtcException offerer = get(offererError);
        assertEquals(ErrorName.OPERATION_ERROR, offerer.errorName());
        assertEquals(
                RtcErrorDetail.DTLS_FAILURE, offerer.details().orElseThrow().errorDetail());
    }
}
