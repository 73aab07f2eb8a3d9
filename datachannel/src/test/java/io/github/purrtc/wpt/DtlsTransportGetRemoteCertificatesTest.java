package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §5.5, getRemoteCertificates. */
@DisplayName("RTCDtlsTransport-getRemoteCertificates.html")
class DtlsTransportGetRemoteCertificatesTest {
    @Test
    @DisplayName("RTCDtlsTransport.prototype.getRemoteCertificates")
    void certificates() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("first");
            exchangeWithoutCandidates(a, z);
            assertEquals(List.of(), sctpOf(a).transport().remoteCertificates());
            deliverCandidates(a, z);
            openChannel(channel);
            assertEquals(1, sctpOf(a).transport().remoteCertificates().size());
            assertEquals(1, sctpOf(z).transport().remoteCertificates().size());
        }
    }
}
