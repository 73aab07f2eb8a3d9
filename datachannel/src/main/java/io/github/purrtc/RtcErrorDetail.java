package io.github.purrtc;

/** Which part of WebRTC failed: webrtc-pc §11.1, {@code RTCErrorDetailType}, as far as data channels can fail. */
public enum RtcErrorDetail {
    /** A data channel failed alone. */
    DATA_CHANNEL_FAILURE("data-channel-failure"),

    /** DTLS failed or was ended by a fatal alert. */
    DTLS_FAILURE("dtls-failure"),

    /** The peer's certificate is not the one that its description speaks of. */
    FINGERPRINT_FAILURE("fingerprint-failure"),

    /** The SCTP association was aborted, or what is below it is gone. */
    SCTP_FAILURE("sctp-failure"),

    /** A description does not follow the grammar. */
    SDP_SYNTAX_ERROR("sdp-syntax-error");

    private final String value;

    RtcErrorDetail(String value) {
        this.value = value;
    }

    /** The W3C's name of the detail. */
    @Override
    public String toString() {
        return value;
    }
}
