package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

/**
 * Why a candidate could not be gathered (W3C webrtc-pc, RTCPeerConnectionIceErrorEvent). The others go on.
 *
 * @param address the local address that was used, if any
 * @param port its port, 0 if none
 * @param url the STUN or TURN server's URL; empty where no server is concerned
 * @param errorCode the STUN error code of the server (300 to 699), or {@link #UNREACHABLE}
 * @param errorText for people
 */
public record IceCandidateError(@Nullable String address, int port, String url, int errorCode, String errorText) {
    /** The server did not answer, or the local address could not be used. */
    public static final int UNREACHABLE = 701;

    /** One that no server has to do with. */
    static IceCandidateError local(@Nullable String address, String errorText) {
        return new IceCandidateError(address, 0, "", UNREACHABLE, errorText);
    }
}
