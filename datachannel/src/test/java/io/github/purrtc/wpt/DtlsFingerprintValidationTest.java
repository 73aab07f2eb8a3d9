package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 8122 §5: a certificate that was not announced connects nobody. */
@DisplayName("protocol/dtls-fingerprint-validation.html")
class DtlsFingerprintValidationTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Connection fails if one side provides a wrong DTLS fingerprint")
    void wrong() {
        a.createDataChannel("test");
        exchangeIceCandidates(a, z);
        List<RtcException> errors = new CopyOnWriteArrayList<>();
        DataChannel channel = a.createDataChannel("failing").onError(errors::add);
        get(a.setLocalDescription());
        get(z.setRemoteDescription(a.localDescription()));
        get(z.setLocalDescription());
        String wrong = described(z.localDescription())
                .sdp()
                .replaceAll("a=fingerprint:sha-256 [^\r]*", "a=fingerprint:sha-256 " + "00:".repeat(31) + "00");
        get(a.setRemoteDescription(answer(wrong)));
        until("A failed", () -> a.connectionState() == PeerConnectionState.FAILED);
        until("Z failed", () -> z.connectionState() == PeerConnectionState.FAILED);
        until("error", () -> !errors.isEmpty());
        RtcErrorDetails details = errors.get(0).details().orElseThrow();
        assertEquals(RtcErrorDetail.DTLS_FAILURE, details.errorDetail());
        assertEquals(DataChannelState.CLOSED, channel.readyState());
    }
}
