package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one description: the session level itself, each m-section by a {@link SectionParser}. */
final class SdpParser {
    private final LineReader lines;
    private final TransportParser session = new TransportParser();
    private final List<BundleGroup> bundleGroups = new ArrayList<>();
    private Set<String> bundled = Set.of();
    private final List<SectionParser> sections = new ArrayList<>();
    private final Set<String> mids = new HashSet<>();
    private NetworkAddress connection = NetworkAddress.UNSPECIFIED;
    private Direction direction = Direction.SENDRECV;
    private boolean timed;

    SdpParser(String text) {
        if (text.length() > SdpDocument.MAX_CHARACTERS) {
            throw new SdpException(
                    SdpException.Kind.SYNTAX, 1, "more than " + SdpDocument.MAX_CHARACTERS + " characters");
        }
        lines = new LineReader(text);
    }

    SdpDocument parse() {
        Origin origin;
        try {
            requireValue("v", "0");
            origin = Origin.parse(require('o'));
            require('s');
            while (lines.next()) {
                accept(lines.type(), lines.value());
            }
            requireTimed();
        } catch (IllegalArgumentException e) {
            throw SdpException.at(lines.number(), e);
        }
        return assemble(origin);
    }

    /** The first three lines stand in this order (RFC 8866 §5). */
    private String require(char type) {
        if (!lines.next() || lines.type() != type) {
            throw new IllegalArgumentException("expected " + type + "=");
        }
        return lines.value();
    }

    private void requireValue(String type, String value) {
        if (!require(type.charAt(0)).equals(value)) {
            throw new IllegalArgumentException("expected " + type + "=" + value);
        }
    }

    private void requireTimed() {
        if (!timed) {
            throw new IllegalArgumentException("expected t=");
        }
    }

    private void accept(char type, String value) {
        if (type == 'm') {
            requireTimed();
            if (sections.size() == SdpDocument.MAX_SECTIONS) {
                throw new IllegalArgumentException("more than " + SdpDocument.MAX_SECTIONS + " m-sections");
            }
            sections.add(new SectionParser(lines.number(), value, connection, direction));
        } else if (!sections.isEmpty()) {
            acceptInSection(sections.get(sections.size() - 1), type, value);
        } else if (type == 'a') {
            acceptAttribute(Attribute.parse(value));
        } else if (type == 'c') {
            connection = NetworkAddress.parse(Text.words(value));
        } else if (type == 't') {
            timed = true;
        } else if (type == 'v' || type == 'o' || type == 's') {
            throw new IllegalArgumentException("a second " + type + "=");
        }
    }

    private void acceptInSection(SectionParser section, char type, String value) {
        if (type == 'c') {
            section.connection(NetworkAddress.parse(Text.words(value)));
        } else if (type == 'a') {
            Attribute attribute = Attribute.parse(value);
            section.accept(attribute);
            if (attribute.name().equals("mid") && !mids.add(attribute.value())) {
                throw new ContentException("a second section with mid " + Text.quote(attribute.value()));
            }
        }
    }

    private void acceptAttribute(Attribute attribute) {
        if (attribute.name().equals("group")) {
            acceptGroup(Text.words(attribute.value()));
            return;
        }
        Direction known = Direction.parse(attribute.name());
        if (known != null) {
            direction = known;
        } else if (!attribute.name().equals("candidate")) {
            session.accept(attribute);
        }
    }

    private void acceptGroup(List<String> words) {
        if (words.isEmpty() || !words.get(0).equals("BUNDLE")) {
            return;
        }
        bundleGroups.add(new BundleGroup(words.subList(1, words.size())));
        bundled = SdpDocument.requireDistinctTags(bundleGroups);
    }

    private SdpDocument assemble(Origin origin) {
        List<MediaSection> built = new ArrayList<>(sections.size());
        @Nullable SectionParser current = null;
        try {
            TransportAttributes atSession = session.build();
            for (SectionParser section : sections) {
                current = section;
                built.add(section.build(bundled));
            }
            return new SdpDocument(origin, atSession, bundleGroups, built);
        } catch (ContentException e) {
            throw SdpException.at(e.section < 0 ? mLineNumber(current) : sections.get(e.section).lineNumber, e);
        } catch (IllegalArgumentException e) {
            throw SdpException.at(mLineNumber(current), e);
        }
    }

    private static int mLineNumber(@Nullable SectionParser section) {
        return section == null ? 1 : section.lineNumber;
    }
}
