package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
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
        assertEquals(RtcErrorDetail.FINGERPRINT_FAILURE, details.errorDetail());
        assertEquals(DataChannelState.CLOSED, channel.readyState());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SDP negotiation with a sha-1 fingerprint succeds | sha-1 | 20",
                "SDP negotiation with a sha-256 fingerprint succeds | sha-256 | 32",
                "SDP negotiation with a sha-384 fingerprint succeds | sha-384 | 48",
                "SDP negotiation with a sha-512 fingerprint succeds | sha-512 | 64"
            })
    void hashes(String name, String algorithm, int bytes) {
        a.createDataChannel("test");
        get(a.setLocalDescription());
        // RFC 8122 §5 has several lines, and one of a hash that is believed must be among them: sha-1 stands beside
        // sha-256.
        String line = "a=fingerprint:" + algorithm + " " + "0A:".repeat(bytes - 1) + "0A";
        String sdp = described(a.localDescription()).sdp();
        String offered = algorithm.equals("sha-1")
                ? sdp.replace("a=fingerprint:", line + "\r\na=fingerprint:")
                : sdp.replaceAll("a=fingerprint:[^\r]*", line);
        get(z.setRemoteDescription(offer(offered)));
        get(z.setLocalDescription());
        get(a.setRemoteDescription(z.localDescription()));
        assertEquals(SignalingState.STABLE, a.signalingState());
    }
}
