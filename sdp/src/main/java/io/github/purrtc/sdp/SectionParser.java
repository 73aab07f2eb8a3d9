package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/** Reads one m-section. */
final class SectionParser {
    final int lineNumber;

    private final TransportParser transport = new TransportParser();
    private final String media;
    private final int port;
    private final String protocol;
    private final List<String> formats;
    private final @Nullable SdpDialect dialect;
    private NetworkAddress connection;
    private Direction direction;
    private @Nullable String mid;
    private boolean bundleOnly;
    private int sctpPort;
    private int sctpmapStreams;
    private MaxMessageSize maxMessageSize = MaxMessageSize.ABSENT;
    private @Nullable SctpInit sctpInit;

    /** Takes an m-line, and what the session level has for sections that do not say it themselves. */
    SectionParser(int lineNumber, String mLine, NetworkAddress connection, Direction direction) {
        this.lineNumber = lineNumber;
        this.connection = connection;
        this.direction = direction;
        List<String> words = Text.words(mLine);
        if (words.size() < 4) {
            throw new IllegalArgumentException("m= has at least four words, not " + words.size());
        }
        media = words.get(0);
        port = parsePort(words.get(1));
        protocol = words.get(2);
        formats = words.subList(3, words.size());
        dialect = SdpDialect.of(media, protocol, formats);
        MediaDescription head = describe(false, TransportAttributes.NONE);
        sctpPort = dialect == SdpDialect.LEGACY ? ApplicationSection.legacyPort(head) : SctpAttributes.DEFAULT_PORT;
    }

    void connection(NetworkAddress address) {
        connection = address;
    }

    void accept(Attribute attribute) {
        Direction known = Direction.parse(attribute.name());
        if (known != null) {
            direction = known;
        } else if (attribute.name().equals("mid")) {
            mid = Text.requireToken("mid", transport.once(attribute));
        } else if (attribute.name().equals("bundle-only")) {
            bundleOnly = true;
        } else if (dialect == null || !acceptSctp(attribute)) {
            transport.accept(attribute);
        }
    }

    private boolean acceptSctp(Attribute attribute) {
        switch (attribute.name()) {
            case "sctp-port" -> {
                int value = Text.parseInt("sctp-port", transport.once(attribute), 1, 65_535);
                sctpPort = dialect == SdpDialect.CURRENT ? value : sctpPort;
            }
            case "sctpmap" -> acceptSctpmap(Text.words(attribute.value()));
            case "max-message-size" -> maxMessageSize = SctpAttributes.parseMaxMessageSize(transport.once(attribute));
            case "sctp-init" -> {
                SctpInit value = new SctpInit(transport.once(attribute));
                sctpInit = dialect == SdpDialect.CURRENT ? value : null;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code a=sctpmap:<port> <application> [<streams>]}; a line for another port concerns another association. */
    private void acceptSctpmap(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException("sctpmap has a port and an application");
        }
        int mapped = Text.parseInt("sctpmap port", words.get(0), 1, 65_535);
        int streams = words.size() == 2 ? 0 : Text.parseInt("sctpmap streams", words.get(2), 1, 65_535);
        if (dialect != SdpDialect.LEGACY || mapped != sctpPort) {
            return;
        }
        if (!words.get(1).equals(SdpDialect.USAGE)) {
            throw new ContentException("sctpmap names no data channel: " + Text.quote(words.get(1)));
        }
        sctpmapStreams = streams;
    }

    /** RFC 8866 §5.14: {@code <port>/<number of ports>}, of which the number is of no use here. */
    private static int parsePort(String word) {
        int slash = word.indexOf('/');
        if (slash >= 0) {
            Text.parseInt("number of ports", word.substring(slash + 1), 1, 65_535);
        }
        return Text.parseInt("port", slash < 0 ? word : word.substring(0, slash), 0, 65_535);
    }

    /** {@code bundle-only} means something with port 0 in a BUNDLE group alone (RFC 9143 §6). */
    MediaSection build(Set<String> bundled) {
        boolean inBundle = bundleOnly && port == 0 && mid != null && bundled.contains(mid);
        MediaDescription description = describe(inBundle, transport.build());
        return dialect == null
                ? new OtherSection(description)
                : new ApplicationSection(
                        description, new SctpAttributes(sctpPort, sctpmapStreams, maxMessageSize, sctpInit));
    }

    private MediaDescription describe(boolean inBundle, TransportAttributes attributes) {
        return new MediaDescription(media, port, protocol, formats, inBundle, connection, mid, direction, attributes);
    }
}
