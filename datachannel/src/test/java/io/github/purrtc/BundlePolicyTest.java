package io.github.purrtc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What becomes of data channels that are offered beside something else. */
class BundlePolicyTest {
    private static final String AUDIO = """
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 0.0.0.0
            a=mid:audio
            a=rtpmap:111 opus/48000/2
            """.replace("\n", "\r\n");

    @ParameterizedTest
    @CsvSource({
        "BALANCED, 0, true",
        "MAX_COMPAT, 0, true",
        "MAX_BUNDLE, 0, false",
        "BALANCED, audio 0, true",
        "MAX_BUNDLE, audio 0, true",
    })
    void dataBesideAudioIsTakenIfThePolicyAllows(BundlePolicy policy, String group, boolean taken) {
        Configuration loopback = Configuration.builder()
                .includeLoopback(true)
                .bundlePolicy(policy)
                .build();
        try (PeerConnection offerer = new PeerConnection(loopback);
                PeerConnection answerer = new PeerConnection(loopback)) {
            offerer.createDataChannel("data");
            String offer = PeerPair.get(offerer.createOffer()).sdp();
            String both = offer.replace("a=group:BUNDLE 0", "a=group:BUNDLE " + group)
                    .replace("m=application", AUDIO + "m=application");
            PeerPair.get(answerer.setRemoteDescription(new SessionDescription(SdpType.OFFER, both)));
            PeerPair.get(answerer.setLocalDescription());
            SessionDescription answer = answerer.localDescription();
            assertNotNull(answer);
            assertEquals(taken, answer.sdp().contains("m=application 9 "), answer.sdp());
            assertEquals(taken, answerer.sctp() != null);
        }
    }
}
