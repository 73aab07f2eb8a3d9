package io.github.purrtc.sdp;

/**
 * Audio, video, or an application that is no data channel: kept so that an answer can reject it in its place.
 *
 * @param description all that is kept of it
 */
public record OtherSection(MediaDescription description) implements MediaSection {
    /** Requires an m-line that is not a data channel's. */
    public OtherSection {
        if (description.dialect() != null) {
            throw new IllegalArgumentException("this m-line is a data channel's");
        }
    }

    @Override
    public OtherSection withTransport(TransportAttributes transport) {
        return new OtherSection(description.withTransport(transport));
    }

    @Override
    public OtherSection rejected() {
        return new OtherSection(description.rejected());
    }
}
