package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

/** Writes a description in rawrtc's order. The records hold nothing that could end a line. */
final class SdpWriter {
    private final StringBuilder out = new StringBuilder(1024);

    private SdpWriter() {}

    static String write(SdpDocument document) {
        SdpWriter writer = new SdpWriter();
        writer.session(document);
        document.sections().forEach(writer::section);
        return writer.out.toString();
    }

    private void session(SdpDocument document) {
        line("v=", "0");
        line("o=", document.origin());
        line("s=", "-");
        line("t=", "0 0");
        agent(document.session());
        for (BundleGroup group : document.bundleGroups()) {
            out.append("a=group:BUNDLE");
            group.mids().forEach(mid -> out.append(' ').append(mid));
            endLine();
        }
        credentials(document.session().ice());
        dtls(document.session());
        endOfCandidates(document.session());
    }

    private void section(MediaSection section) {
        MediaDescription description = section.description();
        mLine(description);
        line("c=", description.connection());
        attribute("mid", description.mid());
        if (description.bundleOnly()) {
            line("a=", "bundle-only");
        }
        line("a=", description.direction());
        credentials(description.transport().ice());
        agent(description.transport());
        dtls(description.transport());
        if (section instanceof ApplicationSection application) {
            sctp(application);
        }
        description.transport().candidates().forEach(candidate -> line("a=", candidate));
        endOfCandidates(description.transport());
    }

    private void mLine(MediaDescription description) {
        out.append("m=").append(description.media());
        out.append(' ').append(description.port());
        out.append(' ').append(description.protocol());
        description.formats().forEach(format -> out.append(' ').append(format));
        endLine();
    }

    private void agent(TransportAttributes transport) {
        if (transport.iceLite()) {
            line("a=", "ice-lite");
        }
        if (!transport.iceOptions().isEmpty()) {
            attribute("ice-options", String.join(" ", transport.iceOptions()));
        }
    }

    private void credentials(@Nullable IceCredentials ice) {
        if (ice != null) {
            attribute("ice-ufrag", ice.ufrag());
            attribute("ice-pwd", ice.pwd());
        }
    }

    private void dtls(TransportAttributes transport) {
        attribute("setup", transport.setup());
        transport.fingerprints().forEach(fingerprint -> attribute("fingerprint", fingerprint));
        attribute("tls-id", transport.tlsId());
    }

    private void sctp(ApplicationSection application) {
        SctpAttributes sctp = application.sctp();
        if (application.dialect() == SdpDialect.CURRENT) {
            attribute("sctp-port", sctp.port());
        } else if (sctp.sctpmapStreams() > 0) {
            attribute("sctpmap", sctp.port() + " " + SdpDialect.USAGE + " " + sctp.sctpmapStreams());
        }
        MaxMessageSize size = sctp.maxMessageSize();
        if (size instanceof MaxMessageSize.Limit limit) {
            attribute("max-message-size", limit.bytes());
        } else if (size instanceof MaxMessageSize.Unlimited) {
            attribute("max-message-size", 0);
        }
        SctpInit init = sctp.init();
        if (init != null) {
            attribute("sctp-init", init.base64());
        }
    }

    private void endOfCandidates(TransportAttributes transport) {
        if (transport.endOfCandidates()) {
            line("a=", "end-of-candidates");
        }
    }

    private void attribute(String name, @Nullable Object value) {
        if (value != null) {
            out.append("a=").append(name).append(':').append(value);
            endLine();
        }
    }

    private void line(String type, Object value) {
        out.append(type).append(value);
        endLine();
    }

    private void endLine() {
        out.append("\r\n");
    }
}
