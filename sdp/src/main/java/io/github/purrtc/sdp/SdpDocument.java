package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A session description (RFC 8866), as far as data channels need it.
 *
 * <p>Unknown lines and attributes are not kept: {@link #toString} writes what these parts say, in a fixed order.
 *
 * <pre>{@code
 * SdpDocument offer = SdpDocument.parse(text);
 * SdpDocument answer = offer.answer(Origin.purrtc(id), sctp, transport);
 * send(answer.toString());
 * }</pre>
 *
 * @param origin the line {@code o=}
 * @param session transport attributes at session level; without candidates
 * @param bundleGroups in the order of the lines; no tag is in two of them
 * @param sections in the order of the m-lines, at most {@value #MAX_SECTIONS}
 */
public record SdpDocument(
        Origin origin, TransportAttributes session, List<BundleGroup> bundleGroups, List<MediaSection> sections) {
    /** The most characters that a description may have. */
    public static final int MAX_CHARACTERS = 65_536;

    /** The most lines that a description may have. */
    public static final int MAX_LINES = 10_000;

    /** The most m-sections that a description may have, and the most tags in its BUNDLE groups. */
    public static final int MAX_SECTIONS = 100;

    /**
     * Requires that the parts fit together.
     *
     * @throws IllegalArgumentException when there are too many sections, a mid or tag stands twice, or an application
     *     section that is not rejected has no ICE credentials or no fingerprint
     */
    public SdpDocument {
        bundleGroups = List.copyOf(bundleGroups);
        sections = List.copyOf(sections);
        if (!session.candidates().isEmpty()) {
            throw new IllegalArgumentException("candidates at session level");
        }
        Text.requireRange("number of m-sections", sections.size(), 0, MAX_SECTIONS);
        requireDistinctMids(sections);
        requireDistinctTags(bundleGroups);
        for (int i = 0; i < sections.size(); i++) {
            MediaSection section = sections.get(i);
            if (section instanceof ApplicationSection && !section.isRejected()) {
                requireUsable(i, levels(section, session, bundleGroups, sections));
            }
        }
    }

    /**
     * Reads a description.
     *
     * <p>Accepts CRLF and LF line ends, also none at the end, and blank lines. Time and memory are linear in the text.
     *
     * @throws SdpException when the text is not a description, breaks a rule or exceeds a limit
     */
    public static SdpDocument parse(String text) {
        return new SdpParser(text).parse();
    }

    /**
     * An offer of one application section, in a BUNDLE group of its own (RFC 9429 §5.2.1).
     *
     * @param sctp its streams are for the older dialect alone
     * @param transport options and ice-lite are written at session level, the rest in the section
     */
    public static SdpDocument offer(
            Origin origin, SdpDialect dialect, String mid, SctpAttributes sctp, TransportAttributes transport) {
        return new SdpDocument(
                origin,
                transport.sessionPart(),
                List.of(new BundleGroup(List.of(mid))),
                List.of(ApplicationSection.offering(dialect, mid, sctp, transport.sectionPart())));
    }

    /**
     * The answer to this offer: takes its first application section that is not rejected, in its dialect and with its
     * m-line, and rejects every other section in its place (RFC 9429 §5.3.1). BUNDLE groups keep what was taken.
     *
     * @param sctp port and streams as far as the offer's dialect leaves the choice
     * @param transport options and ice-lite are written at session level, the rest in the section
     */
    public SdpDocument answer(Origin origin, SctpAttributes sctp, TransportAttributes transport) {
        int taken = applicationIndex();
        List<MediaSection> answers = new ArrayList<>(sections.size());
        for (int i = 0; i < sections.size(); i++) {
            MediaSection offered = sections.get(i);
            answers.add(
                    i == taken
                            ? ((ApplicationSection) offered).answering(sctp, transport.sectionPart())
                            : offered.rejected());
        }
        return new SdpDocument(origin, transport.sessionPart(), answeredGroups(taken), answers);
    }

    /** The answer that rejects every section of this offer. */
    public SdpDocument rejection(Origin origin) {
        List<MediaSection> rejected =
                sections.stream().map(MediaSection::rejected).toList();
        return new SdpDocument(origin, TransportAttributes.NONE, List.of(), rejected);
    }

    /** Whether the section is the first, or in one BUNDLE group with it: what the policy max-bundle asks of it (RFC 9429 §5.3.1). */
    public boolean isBundledWithFirst(int index) {
        String mid = sections.get(index).mid();
        String first = sections.get(0).mid();
        return index == 0
                || (mid != null
                        && first != null
                        && bundleGroups.stream()
                                .anyMatch(group -> group.mids().contains(mid)
                                        && group.mids().contains(first)));
    }

    /** The first application section that is not rejected, null where there is none. */
    public @Nullable ApplicationSection application() {
        int index = applicationIndex();
        return index < 0 ? null : (ApplicationSection) sections.get(index);
    }

    /** The index of the first application section that is not rejected, -1 where there is none. */
    public int applicationIndex() {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i) instanceof ApplicationSection application && !application.isRejected()) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the section with this mid, -1 where there is none. */
    public int indexOf(String mid) {
        return indexOf(mid, sections);
    }

    /**
     * What applies to a section's transport: its own attributes, those of its BUNDLE group's tagged section where it
     * has no ICE credentials of its own (RFC 9143 §7.1.3), and then the session's. ICE options add up.
     *
     * @param index of the section, from 0
     */
    public TransportAttributes transport(int index) {
        TransportAttributes resolved = TransportAttributes.NONE;
        for (TransportAttributes level : levels(sections.get(index), session, bundleGroups, sections)) {
            resolved = resolved.orElse(level);
        }
        return resolved;
    }

    /** The same description with another origin. */
    public SdpDocument withOrigin(Origin replacement) {
        return new SdpDocument(replacement, session, bundleGroups, sections);
    }

    /** The same description with another section in this place. */
    public SdpDocument withSection(int index, MediaSection replacement) {
        List<MediaSection> replaced = new ArrayList<>(sections);
        replaced.set(index, replacement);
        return new SdpDocument(origin, session, bundleGroups, replaced);
    }

    /**
     * The same description with one candidate more in a section.
     *
     * @param candidate {@code candidate:…}, without {@code a=}
     */
    public SdpDocument withCandidate(int index, String candidate) {
        MediaSection section = sections.get(index);
        return withSection(index, section.withTransport(section.transport().withCandidate(candidate)));
    }

    /** The same description with {@code a=end-of-candidates} in a section. */
    public SdpDocument withEndOfCandidates(int index) {
        MediaSection section = sections.get(index);
        return withSection(index, section.withTransport(section.transport().withEndOfCandidates()));
    }

    /** The text, with CRLF line ends. */
    @Override
    public String toString() {
        return SdpWriter.write(this);
    }

    private List<BundleGroup> answeredGroups(int taken) {
        String mid = taken < 0 ? null : sections.get(taken).mid();
        for (BundleGroup group : bundleGroups) {
            if (mid != null && group.mids().contains(mid)) {
                return List.of(new BundleGroup(List.of(mid)));
            }
        }
        return List.of();
    }

    /** Where a section's transport is described, nearest first. */
    private static List<TransportAttributes> levels(
            MediaSection section,
            TransportAttributes session,
            List<BundleGroup> bundleGroups,
            List<MediaSection> sections) {
        TransportAttributes own = section.transport();
        MediaSection tagged = own.ice() == null ? tagged(section.mid(), bundleGroups, sections) : null;
        return tagged == null || tagged.isRejected()
                ? List.of(own, session)
                : List.of(own, tagged.transport(), session);
    }

    private static @Nullable MediaSection tagged(
            @Nullable String mid, List<BundleGroup> bundleGroups, List<MediaSection> sections) {
        for (BundleGroup group : bundleGroups) {
            if (mid != null && group.mids().contains(mid)) {
                int index = indexOf(group.mids().get(0), sections);
                return index < 0 ? null : sections.get(index);
            }
        }
        return null;
    }

    private static int indexOf(String mid, List<MediaSection> sections) {
        for (int i = 0; i < sections.size(); i++) {
            if (mid.equals(sections.get(i).mid())) {
                return i;
            }
        }
        return -1;
    }

    private static void requireDistinctMids(List<MediaSection> sections) {
        Set<String> mids = new HashSet<>();
        for (int i = 0; i < sections.size(); i++) {
            String mid = sections.get(i).mid();
            if (mid != null && !mids.add(mid)) {
                throw new ContentException("a second section with mid " + Text.quote(mid), i);
            }
        }
    }

    /** Gives all tags of these groups. */
    static Set<String> requireDistinctTags(List<BundleGroup> bundleGroups) {
        Set<String> tags = new HashSet<>();
        for (BundleGroup group : bundleGroups) {
            for (String tag : group.mids()) {
                if (!tags.add(tag)) {
                    throw new ContentException("two BUNDLE groups hold " + Text.quote(tag));
                }
            }
        }
        Text.requireRange("number of tags in BUNDLE groups", tags.size(), 0, MAX_SECTIONS);
        Text.requireRange("number of BUNDLE groups", bundleGroups.size(), 0, MAX_SECTIONS);
        return tags;
    }

    private static void requireUsable(int index, List<TransportAttributes> levels) {
        if (levels.stream().allMatch(level -> level.ice() == null)) {
            throw new ContentException("a data channel section without a=ice-ufrag and a=ice-pwd", index);
        }
        if (levels.stream().allMatch(level -> level.fingerprints().isEmpty())) {
            throw new ContentException("a data channel section without a=fingerprint", index);
        }
    }
}
