package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import io.github.purrtc.RtcStatsReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-stats §8: the dictionaries that exist for data. */
@DisplayName("RTCPeerConnection-mandatory-getStats.https.html")
class GetStatsTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private RtcStatsReport report;

    @BeforeEach
    void connect() {
        exchangeIceCandidates(a, z);
        BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> channel.onMessage(channel::send));
        DataChannel channel = a.createDataChannel("meter");
        channel.onMessage(message -> echoes.add(message.text()));
        exchangeOfferAnswer(a, z);
        openChannel(channel).send("meow");
        assertEquals("meow", poll(echoes));
        report = get(a.getStats());
    }

    private <T extends RtcStats> T only(Class<T> kind) {
        List<T> all = report.of(kind);
        assertEquals(1, all.size(), report.toJson());
        return all.get(0);
    }

    @Test
    @DisplayName("the values of peer-connection")
    void peerConnection() {
        RtcStats.PeerConnection stats = only(RtcStats.PeerConnection.class);
        assertEquals(1, stats.dataChannelsOpened());
        assertEquals(0, stats.dataChannelsClosed());
        assertEquals("peer-connection", stats.type());
    }

    @Test
    @DisplayName("the values of data-channel")
    void dataChannel() {
        RtcStats.DataChannel stats = only(RtcStats.DataChannel.class);
        assertEquals("meter", stats.label());
        assertEquals("", stats.protocol());
        assertEquals("open", stats.state());
        assertEquals(1, stats.messagesSent());
        assertEquals(4, stats.bytesSent());
        assertEquals(1, stats.messagesReceived());
        assertEquals(4, stats.bytesReceived());
        assertNotNull(stats.dataChannelIdentifier());
    }

    @Test
    @DisplayName("the values of transport")
    void transport() {
        RtcStats.Transport stats = only(RtcStats.Transport.class);
        assertTrue(stats.bytesSent() > 0);
        assertTrue(stats.bytesReceived() > 0);
        assertEquals("connected", stats.dtlsState());
        assertTrue(report.stats().get(stats.selectedCandidatePairId()) instanceof RtcStats.CandidatePair);
        assertTrue(report.stats().get(stats.localCertificateId()) instanceof RtcStats.Certificate);
        assertTrue(report.stats().get(stats.remoteCertificateId()) instanceof RtcStats.Certificate);
        assertTrue(Set.of("client", "server").contains(stats.dtlsRole()));
        assertEquals("FEFD", stats.tlsVersion());
        assertTrue(stats.dtlsCipher().startsWith("TLS_ECDHE_"), stats.dtlsCipher());
    }

    @Test
    @DisplayName("the values of candidate-pair")
    void candidatePair() {
        RtcStats.Transport transport = only(RtcStats.Transport.class);
        RtcStats.CandidatePair stats = (RtcStats.CandidatePair) report.stats().get(transport.selectedCandidatePairId());
        assertEquals("succeeded", stats.state());
        assertTrue(stats.nominated());
        assertEquals(transport.id(), stats.transportId());
        assertTrue(stats.bytesSent() > 0);
        assertTrue(stats.responsesReceived() > 0);
        assertTrue(report.stats().get(stats.localCandidateId()) instanceof RtcStats.IceCandidate);
        assertTrue(report.stats().get(stats.remoteCandidateId()) instanceof RtcStats.IceCandidate);
    }

    @Test
    @DisplayName("the values of local-candidate and remote-candidate")
    void candidates() {
        List<RtcStats.IceCandidate> all = report.of(RtcStats.IceCandidate.class);
        assertTrue(all.stream().anyMatch(each -> each.type().equals("local-candidate")));
        assertTrue(all.stream().anyMatch(each -> each.type().equals("remote-candidate")));
        for (RtcStats.IceCandidate each : all) {
            assertEquals("udp", each.protocol());
            assertTrue(each.candidateType().equals("prflx") || each.address() != null);
        }
    }

    @Test
    @DisplayName("the values of certificate")
    void certificates() {
        List<RtcStats.Certificate> all = report.of(RtcStats.Certificate.class);
        assertEquals(2, all.size());
        assertTrue(described(a.localDescription()).sdp().contains(all.get(0).fingerprint()));
        assertTrue(described(a.remoteDescription()).sdp().contains(all.get(1).fingerprint()));
    }

    @Test
    @DisplayName("getStats() as JSON")
    void json() {
        String json = report.toJson();
        assertTrue(json.startsWith("{\"P\":{\"type\":\"peer-connection\",\"id\":\"P\",\"timestamp\":"), json);
        assertTrue(json.contains("\"label\":\"meter\""), json);
        assertFalse(json.contains("null"), json);
    }

    @Test
    @DisplayName("getStats succeeds")
    void succeeds() {
        assertFalse(report.stats().isEmpty());
    }

    @Test
    @DisplayName("Validating stats")
    void references() {
        report.stats().forEach((id, stats) -> assertEquals(id, stats.id()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "RTCPeerConnectionStats's dataChannelsOpened",
                "RTCPeerConnectionStats's dataChannelsClosed",
                "RTCDataChannelStats's label",
                "RTCDataChannelStats's protocol",
                "RTCDataChannelStats's dataChannelIdentifier",
                "RTCDataChannelStats's state",
                "RTCDataChannelStats's messagesSent",
                "RTCDataChannelStats's bytesSent",
                "RTCDataChannelStats's messagesReceived",
                "RTCDataChannelStats's bytesReceived",
                "RTCTransportStats's bytesSent",
                "RTCTransportStats's bytesReceived",
                "RTCTransportStats's selectedCandidatePairId",
                "RTCTransportStats's localCertificateId",
                "RTCTransportStats's remoteCertificateId",
                "RTCIceCandidatePairStats's transportId",
                "RTCIceCandidatePairStats's localCandidateId",
                "RTCIceCandidatePairStats's remoteCandidateId",
                "RTCIceCandidatePairStats's state",
                "RTCIceCandidatePairStats's nominated",
                "RTCIceCandidatePairStats's bytesSent",
                "RTCIceCandidatePairStats's bytesReceived",
                "RTCIceCandidatePairStats's totalRoundTripTime",
                "RTCIceCandidatePairStats's responsesReceived",
                "RTCIceCandidatePairStats's currentRoundTripTime",
                "RTCIceCandidateStats's address",
                "RTCIceCandidateStats's port",
                "RTCIceCandidateStats's protocol",
                "RTCIceCandidateStats's candidateType",
                "RTCCertificateStats's fingerprint",
                "RTCCertificateStats's fingerprintAlgorithm",
                "RTCCertificateStats's base64Certificate"
            })
    void member(String name) {
        String[] parts = name.split("Stats's ", -1);
        String dictionary = parts[0].substring("RTC".length()).replace("IceCandidatePair", "CandidatePair");
        assertTrue(
                report.stats().values().stream()
                        .filter(stats -> stats.getClass().getSimpleName().equals(dictionary))
                        .anyMatch(stats -> value(stats, parts[1]) != null),
                report.toJson());
    }

    private static Object value(RtcStats stats, String member) {
        try {
            return stats.getClass().getMethod(member).invoke(stats);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
