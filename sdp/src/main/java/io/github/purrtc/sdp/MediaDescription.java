package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What every m-section has: its m-line (RFC 8866 §5.14) and the attributes that any kind of media may carry.
 *
 * @param media {@code application}, {@code audio}, …
 * @param port 0 to 65,535; 0 rejects the section unless it is bundle-only
 * @param protocol {@code UDP/DTLS/SCTP}, {@code UDP/TLS/RTP/SAVPF}, …
 * @param formats at least one
 * @param bundleOnly whether {@code a=bundle-only} makes port 0 mean "in its BUNDLE group" (RFC 9143 §6); false with
 *     any other port
 * @param connection the address of {@code c=}, the session's where the section has none
 * @param mid the identification tag (RFC 5888 §4), null where there is none
 * @param direction the session's where the section has none, {@code sendrecv} where neither has one
 * @param transport what the section itself says of its transport
 */
public record MediaDescription(
        String media,
        int port,
        String protocol,
        List<String> formats,
        boolean bundleOnly,
        NetworkAddress connection,
        @Nullable String mid,
        Direction direction,
        TransportAttributes transport) {
    /** The port that means nothing: candidates tell (RFC 8840 §4.1.1). */
    static final int DISCARD_PORT = 9;

    /** Requires words and a port. */
    public MediaDescription {
        Text.requireToken("media", media);
        Text.requireRange("port", port, 0, 65_535);
        Text.requireWord("protocol", protocol);
        formats = List.copyOf(formats);
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("an m-line has a format");
        }
        formats.forEach(format -> Text.requireWord("format", format));
        if (bundleOnly && port != 0) {
            throw new IllegalArgumentException("a bundle-only section has port 0, not " + port);
        }
        if (mid != null) {
            Text.requireToken("mid", mid);
        }
    }

    /** The dialect in which this describes a data channel association, null where it describes something else. */
    @Nullable
    SdpDialect dialect() {
        return SdpDialect.of(media, protocol, formats);
    }

    MediaDescription withTransport(TransportAttributes replacement) {
        return new MediaDescription(
                media, port, protocol, formats, bundleOnly, connection, mid, direction, replacement);
    }

    /** The same m-line in an answer that takes it (RFC 3264 §6). */
    MediaDescription accepted(TransportAttributes answering) {
        return new MediaDescription(
                media,
                DISCARD_PORT,
                protocol,
                formats,
                false,
                NetworkAddress.UNSPECIFIED,
                mid,
                Direction.SENDRECV,
                answering);
    }

    MediaDescription rejected() {
        return new MediaDescription(
                media,
                0,
                protocol,
                formats,
                false,
                NetworkAddress.UNSPECIFIED,
                mid,
                Direction.INACTIVE,
                TransportAttributes.NONE);
    }
}
