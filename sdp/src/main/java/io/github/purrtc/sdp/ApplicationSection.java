package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The section of the data channels (RFC 8841 §4).
 *
 * @param description m-line, mid and transport
 * @param sctp the association
 */
public record ApplicationSection(MediaDescription description, SctpAttributes sctp) implements MediaSection {
    /** Requires the m-line of a data channel, and SCTP attributes that its dialect can express. */
    public ApplicationSection {
        SdpDialect dialect = description.dialect();
        if (dialect == null) {
            throw new IllegalArgumentException("this m-line is not a data channel's");
        }
        if (dialect == SdpDialect.CURRENT && sctp.sctpmapStreams() != 0) {
            throw new IllegalArgumentException("today's dialect does not announce streams");
        }
        if (dialect == SdpDialect.LEGACY && sctp.init() != null) {
            throw new IllegalArgumentException("the older dialect has no sctp-init");
        }
        if (dialect == SdpDialect.LEGACY && legacyPort(description) != sctp.port()) {
            throw new IllegalArgumentException("the m-line names another SCTP port than " + sctp.port());
        }
    }

    /**
     * The section that an offer in this dialect makes, with no address yet.
     *
     * @param sctp its streams are for the older dialect alone, its INIT for today's
     */
    public static ApplicationSection offering(
            SdpDialect dialect, String mid, SctpAttributes sctp, TransportAttributes transport) {
        String format = dialect == SdpDialect.CURRENT ? SdpDialect.USAGE : Integer.toString(sctp.port());
        MediaDescription description = new MediaDescription(
                "application",
                MediaDescription.DISCARD_PORT,
                dialect.protocol,
                List.of(format),
                false,
                NetworkAddress.UNSPECIFIED,
                mid,
                Direction.SENDRECV,
                transport);
        return new ApplicationSection(description, sctpIn(dialect, sctp, sctp.port()));
    }

    /** This section's answer: its m-line, and therefore in the older dialect its port too, whatever ours would be. */
    ApplicationSection answering(SctpAttributes sctp, TransportAttributes transport) {
        int port = dialect() == SdpDialect.CURRENT ? sctp.port() : sctpPort();
        return new ApplicationSection(description.accepted(transport), sctpIn(dialect(), sctp, port));
    }

    private static SctpAttributes sctpIn(SdpDialect dialect, SctpAttributes sctp, int port) {
        return dialect == SdpDialect.CURRENT
                ? new SctpAttributes(port, 0, sctp.maxMessageSize(), sctp.init())
                : new SctpAttributes(port, sctp.sctpmapStreams(), sctp.maxMessageSize());
    }

    static int legacyPort(MediaDescription description) {
        return Text.parseInt("SCTP port", description.formats().get(0), 1, 65_535);
    }

    /** Which of the two m-lines it has. */
    public SdpDialect dialect() {
        return description.formats().get(0).equals(SdpDialect.USAGE) ? SdpDialect.CURRENT : SdpDialect.LEGACY;
    }

    /** The SCTP port of the description's author. */
    public int sctpPort() {
        return sctp.port();
    }

    /** The largest message that the description's author receives. */
    public MaxMessageSize maxMessageSize() {
        return sctp.maxMessageSize();
    }

    /** The same section with this INIT, or with none; the older dialect has none in any case. */
    public ApplicationSection withInit(@Nullable SctpInit init) {
        return new ApplicationSection(description, sctpIn(dialect(), sctp.withInit(init), sctp.port()));
    }

    @Override
    public ApplicationSection withTransport(TransportAttributes transport) {
        return new ApplicationSection(description.withTransport(transport), sctp);
    }

    @Override
    public ApplicationSection rejected() {
        return new ApplicationSection(
                description.rejected(), new SctpAttributes(sctp.port(), 0, MaxMessageSize.ABSENT));
    }
}
