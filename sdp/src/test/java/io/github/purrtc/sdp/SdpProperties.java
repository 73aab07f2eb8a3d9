package io.github.purrtc.sdp;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What holds for every description and for every text. */
class SdpProperties {
    private static final List<String> SAMPLES = List.of(
            RawrtcOfferTest.OFFER,
            Samples.CHROMIUM_OFFER,
            Samples.CHROMIUM_LEGACY_ANSWER,
            Samples.FIREFOX_OFFER,
            Samples.FIREFOX_MAX_BUNDLE_OFFER,
            Samples.LIBDATACHANNEL_OFFER,
            Samples.PION_ANSWER);

    private static final String ICE_CHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
    private static final String TOKEN_CHARS = "abcXYZ019!#$%&'*+-.^_`{|}~";

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAsItWas(@ForAll("documents") SdpDocument document) {
        String text = document.toString();
        assertEquals(document, SdpDocument.parse(text));
        String lines = text.replace("\r\n", "\n");
        assertEquals(document, SdpDocument.parse(lines.substring(0, lines.length() - 1)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anAnswerHasTheOffersSectionsAndTakesAtMostOne(@ForAll("documents") SdpDocument offer) {
        TransportAttributes transport = TransportAttributes.trickling(
                new IceCredentials("zzzz", "zzzzzzzzzzzzzzzzzzzzzz"),
                SetupRole.ACTIVE,
                List.of(new Fingerprint("sha-256", Samples.FINGERPRINT)),
                null);
        SdpDocument answer =
                offer.answer(Origin.purrtc(1), new SctpAttributes(5000, 1, MaxMessageSize.UNLIMITED), transport);
        assertEquals(answer, SdpDocument.parse(answer.toString()));
        assertEquals(offer.applicationIndex(), answer.applicationIndex());
        assertEquals(offer.sections().size(), answer.sections().size());
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < offer.sections().size(); i++) {
            MediaDescription offered = offer.sections().get(i).description();
            MediaDescription answered = answer.sections().get(i).description();
            assertEquals(offered.media(), answered.media());
            assertEquals(offered.protocol(), answered.protocol());
            assertEquals(offered.formats(), answered.formats());
            assertEquals(offered.mid(), answered.mid());
            assertEquals(i != answer.applicationIndex(), answered.port() == 0);
            if (answered.port() != 0 && answered.mid() != null) {
                taken.add(answered.mid());
            }
        }
        answer.bundleGroups().forEach(group -> assertEquals(taken, group.mids()));
    }

    @Property(tries = 300)
    void anyTextGivesADocumentOrAnSdpException(@ForAll String text) {
        assertDocumentOrException(text);
        assertDocumentOrException("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\n" + text);
        assertDocumentOrException(Samples.FIREFOX_OFFER + text);
    }

    @Property(tries = 2000)
    void anyAttributeAnywhereGivesADocumentOrAnSdpException(
            @ForAll("names") String name, @ForAll("values") String value, @ForAll @IntRange(max = 40) int place) {
        for (String sample : SAMPLES) {
            List<String> lines = new ArrayList<>(sample.lines().toList());
            int index = Math.min(place, lines.size());
            lines.add(index, "a=" + name + ":" + value);
            assertDocumentOrException(String.join("\n", lines));
            assertDocumentOrException(sample.replaceFirst("a=" + name + ":.*", "a=" + name + ":"));
        }
    }

    @Property(tries = 2000)
    void mutatedTextGivesADocumentOrAnSdpException(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SAMPLES.get(random.nextInt(SAMPLES.size())));
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(128));
                case 2 -> text.insert(at, "\r\n :=/09\0é".charAt(random.nextInt(10)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(80))));
            }
        }
        assertDocumentOrException(text.toString());
    }

    @Property(tries = 1)
    void everyPrefixGivesADocumentOrAnSdpException() {
        for (String sample : SAMPLES) {
            for (int length = 0; length <= sample.length(); length++) {
                assertDocumentOrException(sample.substring(0, length));
            }
        }
    }

    @Property(tries = 1)
    void everyPrefixWithoutATransportIsRefused() {
        String text = RawrtcOfferTest.OFFER;
        int mLineEnd = text.indexOf("m=application") + "m=application 9 DTLS/SCTP 5000".length();
        int fingerprint = text.indexOf("a=fingerprint:sha-256 DA") + "a=fingerprint:sha-256 DA".length();
        for (int length = mLineEnd; length < fingerprint; length++) {
            assertNotNull(failure(text.substring(0, length)), "prefix of " + length);
        }
    }

    @Property
    void aLineOfAnotherFormIsNamed(@ForAll @IntRange(max = 6) int sample, @ForAll @IntRange(max = 60) int place) {
        List<String> lines = new ArrayList<>(SAMPLES.get(sample).lines().toList());
        int index = place % lines.size();
        lines.set(index, "not a line");
        SdpException e = failure(String.join("\r\n", lines));
        assertNotNull(e);
        assertEquals(index + 1, e.lineNumber());
        assertEquals(SdpException.Kind.SYNTAX, e.kind());
    }

    @Property
    void everyKnownAttributeSpoiltIsNamed(@ForAll @IntRange(max = 6) int sample) {
        List<String> lines = SAMPLES.get(sample).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String spoilt = spoil(lines.get(i));
            if (spoilt != null && !inAudioOrVideo(lines, i)) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(i, spoilt);
                SdpException e = failure(String.join("\n", changed));
                assertNotNull(e, spoilt);
                assertEquals(i + 1, e.lineNumber(), spoilt);
            }
        }
    }

    private static @Nullable String spoil(String line) {
        int colon = line.indexOf(':');
        String head = colon < 0 ? line.substring(0, 2) : line.substring(0, colon + 1);
        return switch (head) {
            case "a=ice-ufrag:", "a=ice-pwd:", "a=setup:", "a=fingerprint:", "a=tls-id:", "a=mid:" -> head + "?";
            case "a=sctp-port:", "a=sctpmap:", "a=max-message-size:" -> head + "?";
            case "v=", "o=", "m=", "c=" -> head + "?";
            default -> null;
        };
    }

    /** Where the SCTP attributes have no meaning. */
    private static boolean inAudioOrVideo(List<String> lines, int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("m=")) {
                return !lines.get(i).startsWith("m=application")
                        && lines.get(index).contains("sctp");
            }
        }
        return false;
    }

    private static void assertDocumentOrException(String text) {
        SdpException e = failure(text);
        if (e != null) {
            assertTrue(
                    e.lineNumber() >= 1
                            && e.lineNumber() <= Math.max(1, text.lines().count()),
                    e.getMessage());
        }
    }

    private static @Nullable SdpException failure(String text) {
        try {
            SdpDocument document = SdpDocument.parse(text);
            assertEquals(document, SdpDocument.parse(document.toString()));
            ApplicationSection application = document.application();
            if (application != null) {
                TransportAttributes transport = document.transport(document.applicationIndex());
                assertNotNull(transport.ice());
                assertFalse(transport.fingerprints().isEmpty());
            }
            return null;
        } catch (SdpException e) {
            return e;
        }
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(
                "group",
                "mid",
                "sctp-init",
                "ice-ufrag",
                "ice-pwd",
                "ice-options",
                "ice-lite",
                "setup",
                "fingerprint",
                "tls-id",
                "sctp-port",
                "sctpmap",
                "max-message-size",
                "candidate",
                "end-of-candidates",
                "bundle-only",
                "sendonly",
                "unknown");
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("0123456789").ofMaxLength(25),
                Arbitraries.strings().withChars("BUNDLE 012 ").ofMaxLength(25),
                Arbitraries.strings().withChars(ICE_CHARS + " :-").ofMaxLength(300),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<SdpDocument> documents() {
        Arbitrary<List<String>> mids =
                token().list().uniqueElements().ofMinSize(1).ofMaxSize(6);
        return mids.flatMap(names -> Combinators.combine(
                        origins(),
                        transports(),
                        sections().list().ofSize(names.size()),
                        Arbitraries.integers().between(0, names.size()),
                        Arbitraries.integers().between(0, names.size()))
                .as((origin, session, sections, named, bundled) ->
                        document(origin, session, sections, names, named, bundled)));
    }

    /** Gives the first sections their mids, puts some into a group, and leaves bundle-only to those in it. */
    private static SdpDocument document(
            Origin origin,
            TransportAttributes session,
            List<MediaSection> sections,
            List<String> mids,
            int named,
            int bundled) {
        List<MediaSection> placed = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            MediaDescription d = sections.get(i).description();
            MediaDescription in = new MediaDescription(
                    d.media(),
                    d.port(),
                    d.protocol(),
                    d.formats(),
                    d.port() == 0 && i < Math.min(named, bundled),
                    d.connection(),
                    i < named ? mids.get(i) : null,
                    d.direction(),
                    d.transport());
            placed.add(
                    sections.get(i) instanceof ApplicationSection application
                            ? new ApplicationSection(in, application.sctp())
                            : new OtherSection(in));
        }
        TransportAttributes withoutCandidates = new TransportAttributes(
                session.ice(),
                session.iceOptions(),
                session.iceLite(),
                session.setup(),
                session.fingerprints(),
                session.tlsId(),
                List.of(),
                session.endOfCandidates());
        List<BundleGroup> groups = bundled == 0
                ? List.of()
                : List.of(new BundleGroup(mids.subList(0, bundled)), new BundleGroup(List.of()));
        return new SdpDocument(origin, complete(withoutCandidates), groups, placed);
    }

    /** What every section may fall back to. */
    private static TransportAttributes complete(TransportAttributes session) {
        return session.orElse(TransportAttributes.trickling(
                new IceCredentials("0000", "0000000000000000000000"),
                SetupRole.ACTPASS,
                List.of(new Fingerprint("sha-1", "00")),
                null));
    }

    private static Arbitrary<MediaSection> sections() {
        Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65_535).edgeCases(e -> e.add(0, 9));
        Arbitrary<String> forms = Arbitraries.of(
                "application UDP/DTLS/SCTP webrtc-datachannel",
                "application TCP/DTLS/SCTP webrtc-datachannel",
                "application DTLS/SCTP port",
                "audio UDP/TLS/RTP/SAVPF 111",
                "application UDP/BFCP *");
        return Combinators.combine(ports, forms, addresses(), Arbitraries.of(Direction.class), transports(), sctps())
                .as((port, form, address, direction, transport, sctp) -> {
                    List<String> words = Text.words(form.replace("port", Integer.toString(sctp.port())));
                    MediaDescription description = new MediaDescription(
                            words.get(0),
                            port,
                            words.get(1),
                            words.subList(2, 3),
                            false,
                            address,
                            null,
                            direction,
                            transport);
                    SdpDialect dialect = description.dialect();
                    if (dialect == null) {
                        return new OtherSection(description);
                    }
                    SctpAttributes expressible = dialect == SdpDialect.CURRENT
                            ? new SctpAttributes(sctp.port(), 0, sctp.maxMessageSize(), sctp.init())
                            : sctp.withInit(null);
                    return new ApplicationSection(description, expressible);
                });
    }

    private static Arbitrary<SctpAttributes> sctps() {
        Arbitrary<MaxMessageSize> sizes = Arbitraries.oneOf(
                Arbitraries.of(MaxMessageSize.ABSENT, MaxMessageSize.UNLIMITED),
                Arbitraries.longs().between(1, Long.MAX_VALUE).map(MaxMessageSize::of));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 65_535),
                        Arbitraries.integers().between(0, 65_535),
                        sizes,
                        sctpInits().injectNull(0.5))
                .as(SctpAttributes::new);
    }

    private static Arbitrary<SctpInit> sctpInits() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(SctpInit.MAX_LENGTH / 32)
                .map(SctpInit::of);
    }

    private static Arbitrary<Origin> origins() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withChars(TOKEN_CHARS + "é()/\"<")
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        addresses())
                .as(Origin::new);
    }

    private static Arbitrary<NetworkAddress> addresses() {
        return Arbitraries.of(
                NetworkAddress.UNSPECIFIED,
                NetworkAddress.LOOPBACK,
                new NetworkAddress("IN", "IP6", "2001:db8::1"),
                new NetworkAddress("IN", "IP4", "224.2.1.1/127"));
    }

    private static Arbitrary<TransportAttributes> transports() {
        Arbitrary<IceCredentials> credentials = Combinators.combine(iceChars(4), iceChars(22))
                .as(IceCredentials::new)
                .injectNull(0.5);
        Arbitrary<List<String>> options = Arbitraries.of("trickle", "ice2", "renomination", "google-ice")
                .list()
                .uniqueElements()
                .ofMaxSize(4);
        Arbitrary<String> tlsIds = Arbitraries.strings()
                .withChars(ICE_CHARS + "-_")
                .ofMinLength(20)
                .ofMaxLength(255)
                .injectNull(0.5);
        Arbitrary<List<String>> candidates = Arbitraries.strings()
                .excludeChars('\r', '\n', '\0')
                .ofMaxLength(40)
                .map(text -> "candidate:" + text)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        credentials,
                        options,
                        Arbitraries.of(true, false),
                        Arbitraries.of(SetupRole.class).injectNull(0.3),
                        fingerprints().list().ofMaxSize(3),
                        tlsIds,
                        candidates,
                        Arbitraries.of(true, false))
                .as(TransportAttributes::new);
    }

    private static Arbitrary<Fingerprint> fingerprints() {
        return Combinators.combine(
                        token(),
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(64))
                .as(Fingerprint::of);
    }

    private static Arbitrary<String> iceChars(int min) {
        return Arbitraries.strings().withChars(ICE_CHARS).ofMinLength(min).ofMaxLength(256);
    }

    private static Arbitrary<String> token() {
        return Arbitraries.strings().withChars(TOKEN_CHARS).ofMinLength(1).ofMaxLength(12);
    }
}
