package io.github.purrtc.sdp;

/** Descriptions in the shapes in which other stacks write them. */
final class Samples {
    static final String FINGERPRINT =
            "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:3D:4B:65:2E:7D:46:3F:54:42:CD:54:F1";

    /** Audio, video and data in one BUNDLE group, options for renomination and ICE 2. */
    static final String CHROMIUM_OFFER = """
            v=0
            o=- 4611731400430051336 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1 2
            a=extmap-allow-mixed
            a=msid-semantic: WMS 6f6a8f31-3b0c-4b8e-b5f5-1d9d9a3f2b11
            m=audio 54400 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 192.0.2.7
            a=rtcp:9 IN IP4 0.0.0.0
            a=candidate:2867452134 1 udp 2122260223 192.0.2.7 54400 typ host generation 0 network-id 1
            a=ice-ufrag:Oyef
            a=ice-pwd:0B6kSSDb3ROC+iB1wr0IYXkb
            a=ice-options:trickle renomination
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            a=mid:0
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=sendrecv
            a=msid:6f6a8f31-3b0c-4b8e-b5f5-1d9d9a3f2b11 c1c2
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=ssrc:1664843722 cname:vA3Zk1c0kU1n3a7T
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 0.0.0.0
            a=ice-ufrag:Oyef
            a=ice-pwd:0B6kSSDb3ROC+iB1wr0IYXkb
            a=ice-options:trickle renomination
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            a=mid:1
            a=recvonly
            a=rtcp-mux
            a=rtcp-rsize
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 goog-remb
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=ice-ufrag:Oyef
            a=ice-pwd:0B6kSSDb3ROC+iB1wr0IYXkb
            a=ice-options:trickle renomination ice2
            a=fingerprint:sha-256 %1$s
            a=setup:actpass
            a=mid:2
            a=sctp-port:5000
            a=max-message-size:262144
            """.formatted(FINGERPRINT);

    /** What Chromium answers to the older dialect. */
    static final String CHROMIUM_LEGACY_ANSWER = """
            v=0
            o=- 8146043422173517023 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE rawrtc-sctp-dc
            a=msid-semantic: WMS
            m=application 9 DTLS/SCTP 5000
            c=IN IP4 0.0.0.0
            b=AS:30
            a=ice-ufrag:Vq0T
            a=ice-pwd:UpbWLGaVTyFBTYiNkD9zNfJM
            a=ice-options:trickle
            a=fingerprint:sha-256 %s
            a=setup:active
            a=mid:rawrtc-sctp-dc
            a=sctpmap:5000 webrtc-datachannel 1024
            """.formatted(FINGERPRINT);

    /** Fingerprint, options and direction at session level; everything gathered. */
    static final String FIREFOX_OFFER = """
            v=0
            o=mozilla...THIS_IS_SDPARTA-99.0 7750384392923453157 0 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=sendrecv
            a=fingerprint:sha-256 %s
            a=group:BUNDLE 0
            a=ice-options:trickle
            a=msid-semantic:WMS *
            m=application 58012 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 198.51.100.23
            a=candidate:0 1 UDP 2122252543 e6e6a2f5-93e1-4f27-ac6c-2ad0f0a3b6a2.local 58012 typ host
            a=candidate:2 1 TCP 2105524479 e6e6a2f5-93e1-4f27-ac6c-2ad0f0a3b6a2.local 9 typ host tcptype active
            a=sendrecv
            a=end-of-candidates
            a=ice-pwd:7d5d1e8a1c94a7c3df35e0a9c6a2cf0e
            a=ice-ufrag:5c1a70b2
            a=mid:0
            a=setup:actpass
            a=sctp-port:5000
            a=max-message-size:1073741823
            """.formatted(FINGERPRINT);

    /** bundlePolicy max-bundle: the data section has port 0 and leaves its transport to the audio section. */
    static final String FIREFOX_MAX_BUNDLE_OFFER = """
            v=0
            o=mozilla...THIS_IS_SDPARTA-99.0 1206741826283214563 0 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=sendrecv
            a=fingerprint:sha-256 %s
            a=group:BUNDLE 0 1
            a=ice-options:trickle
            a=msid-semantic:WMS *
            m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
            c=IN IP4 0.0.0.0
            a=sendonly
            a=candidate:0 1 UDP 2122252543 198.51.100.23 58013 typ host
            a=ice-pwd:9f8d1e8a1c94a7c3df35e0a9c6a2cf0e
            a=ice-ufrag:0c1a70b2
            a=mid:0
            a=rtcp-mux
            a=rtpmap:109 opus/48000/2
            a=setup:actpass
            m=application 0 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=bundle-only
            a=sendrecv
            a=mid:1
            a=sctp-port:5000
            a=max-message-size:1073741823
            """.formatted(FINGERPRINT);

    static final String LIBDATACHANNEL_OFFER = """
            v=0
            o=rtc 2437683716 0 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=group:LS 0
            a=msid-semantic:WMS *
            a=ice-options:ice2,trickle
            a=fingerprint:sha-256 %s
            m=application 51207 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 203.0.113.99
            a=mid:0
            a=sendrecv
            a=sctp-port:5000
            a=max-message-size:262144
            a=setup:actpass
            a=ice-ufrag:Zk3p
            a=ice-pwd:L7q0yD8WmLr2QyRn2Gq3uK
            a=candidate:1 1 UDP 2122317823 203.0.113.99 51207 typ host
            a=end-of-candidates
            """.formatted(FINGERPRINT);

    /** Fingerprint at session level and again in the section, candidates of component 2, no max-message-size. */
    static final String PION_ANSWER = """
            v=0
            o=- 5273961183924174562 1731962400 IN IP4 0.0.0.0
            s=-
            t=0 0
            a=msid-semantic:WMS*
            a=fingerprint:sha-256 %1$s
            a=extmap-allow-mixed
            a=group:BUNDLE 0
            m=application 9 UDP/DTLS/SCTP webrtc-datachannel
            c=IN IP4 0.0.0.0
            a=setup:active
            a=mid:0
            a=sendrecv
            a=sctp-port:5000
            a=ice-ufrag:QxGmRSzYlbNLxxTb
            a=ice-pwd:WLTvDAAwpRDPLtwmSQvmfGrZXXQWVAcx
            a=candidate:1966762133 1 udp 2130706431 192.0.2.15 39471 typ host ufrag QxGmRSzYlbNLxxTb
            a=candidate:1966762133 2 udp 2130706431 192.0.2.15 39471 typ host ufrag QxGmRSzYlbNLxxTb
            a=end-of-candidates
            """.formatted(FINGERPRINT);

    private Samples() {}

    static SdpDocument parse(String text) {
        return SdpDocument.parse(text.replace("\n", "\r\n"));
    }
}
