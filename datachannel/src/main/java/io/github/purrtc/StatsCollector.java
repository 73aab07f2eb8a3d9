package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePairStats;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceTransportStats;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes one report: webrtc-stats §8. On the loop. */
final class StatsCollector {
    private static final String TRANSPORT_ID = "T01";
    private static final String DTLS_1_2 = "FEFD";

    private final Instant now = Instant.now();
    private final List<RtcStats> stats = new ArrayList<>();
    private final Map<String, RtcStats.IceCandidate> candidates = new LinkedHashMap<>();

    RtcStatsReport collect(DataChannels channels, List<DtlsCertificate> certificates, @Nullable Transports transports) {
        stats.add(new RtcStats.PeerConnection("P", now, channels.opened(), channels.closed()));
        channels.known().forEach(channel -> stats.add(channel.stats(now)));
        if (transports != null) {
            addTransport(transports, certificates);
        }
        stats.addAll(candidates.values());
        return RtcStatsReport.of(stats);
    }

    private void addTransport(Transports transports, List<DtlsCertificate> certificates) {
        IceTransportStats ice = transports.iceStats();
        Set<Candidate> signalled = new HashSet<>();
        transports.iceView().remoteCandidates().forEach(each -> signalled.add(each.withUsernameFragment(null)));
        ice.localCandidates().forEach(each -> addCandidate("local-candidate", each, each.address()));
        ice.remoteCandidates().forEach(each -> addCandidate("remote-candidate", each, visible(each, signalled)));
        String selected = null;
        for (CandidatePairStats pair : ice.pairs()) {
            String id = addPair(pair, signalled);
            selected = pair.selected() ? id : selected;
        }
        DtlsSession dtls = transports.dtlsSession();
        String local = addCertificate(dtls == null ? certificates.get(0).encoded() : dtls.localCertificate());
        String remote = dtls == null || dtls.remoteCertificates().isEmpty()
                ? null
                : addCertificate(dtls.remoteCertificates().get(0));
        stats.add(new RtcStats.Transport(
                TRANSPORT_ID,
                now,
                ice.packetsSent(),
                ice.packetsReceived(),
                ice.bytesSent(),
                ice.bytesReceived(),
                iceRole(transports, ice),
                ice.localUsernameFragment(),
                word(ice.state()),
                word(transports.dtlsState()),
                transports.dtlsRole() == null ? "unknown" : word(transports.dtlsRole()),
                dtls == null ? null : DTLS_1_2,
                dtls == null ? null : dtls.cipherSuite(),
                selected,
                ice.selectedPairChanges(),
                local,
                remote));
    }

    private static String iceRole(Transports transports, IceTransportStats ice) {
        return transports.sctpView() != null
                ? word(ice.role())
                : transports.iceView().role().map(StatsCollector::word).orElse("unknown");
    }

    private String addPair(CandidatePairStats pair, Set<Candidate> signalled) {
        String local = addCandidate(
                "local-candidate", pair.pair().local(), pair.pair().local().address());
        String remote = addCandidate(
                "remote-candidate", pair.pair().remote(), visible(pair.pair().remote(), signalled));
        String id = "CP" + local + "_" + remote;
        stats.add(new RtcStats.CandidatePair(
                id,
                now,
                TRANSPORT_ID,
                local,
                remote,
                word(pair.state()),
                pair.nominated(),
                pair.packetsSent(),
                pair.packetsReceived(),
                pair.bytesSent(),
                pair.bytesReceived(),
                pair.lastPacketSent(),
                pair.lastPacketReceived(),
                seconds(pair.totalRoundTripNanos()),
                pair.currentRoundTripNanos() < 0 ? null : seconds(pair.currentRoundTripNanos()),
                pair.requestsSent(),
                pair.requestsReceived(),
                pair.responsesSent(),
                pair.responsesReceived(),
                pair.consentRequestsSent()));
        return id;
    }

    /** webrtc-pc §8.6: an address that the peer has not signalled is not told. */
    private static @Nullable String visible(Candidate candidate, Set<Candidate> signalled) {
        boolean told = candidate.type() != CandidateType.PEER_REFLEXIVE
                || signalled.stream()
                        .anyMatch(
                                each -> each.address().equals(candidate.address()) && each.port() == candidate.port());
        return told ? candidate.address() : null;
    }

    private String addCandidate(String type, Candidate candidate, @Nullable String address) {
        String key = type
                + ' '
                + candidate.protocol()
                + ' '
                + candidate.type()
                + ' '
                + candidate.address()
                + ' '
                + candidate.port();
        String id = (type.startsWith("local") ? "L" : "R") + Integer.toHexString(key.hashCode());
        candidates.putIfAbsent(
                id,
                new RtcStats.IceCandidate(
                        id,
                        now,
                        type,
                        TRANSPORT_ID,
                        address,
                        candidate.port(),
                        candidate.protocol().toString().toLowerCase(Locale.ROOT),
                        candidate.type().token(),
                        candidate.priority(),
                        candidate.foundation(),
                        candidate.relatedAddress(),
                        candidate.relatedAddress() == null ? null : candidate.relatedPort(),
                        address == null ? null : candidate.usernameFragment(),
                        candidate.tcpType() == null ? null : word(candidate.tcpType())));
        return id;
    }

    private String addCertificate(byte[] encoded) {
        String fingerprint = Fingerprint.of("sha-256", encoded).value();
        String id = "CF" + fingerprint;
        stats.add(new RtcStats.Certificate(
                id, now, fingerprint, "sha-256", Base64.getEncoder().encodeToString(encoded)));
        return id;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
