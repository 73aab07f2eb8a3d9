package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;
import io.github.purrtc.interop.Kind.Addresses;
import io.github.purrtc.interop.Pair.Connected;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signalling: dialects, candidates, certificates. */
final class DescriptionCases {
    private static final Pattern MEDIA_LINE = Pattern.compile("m=application .*");
    private static final Pattern OLD = Pattern.compile("m=application \\d+ DTLS/SCTP \\d+");

    private DescriptionCases() {}

    static List<Case> all() {
        return List.of(
                new Case("sdp-today", "SDP of today", DescriptionCases::today),
                new Case("sdp-old", "SDP of old", DescriptionCases::old),
                new Case("trickle", "trickle ICE", bench -> connects(bench, Setup.USUAL)),
                new Case("no-trickle", "no trickle", bench -> connects(bench, Setup.USUAL.withoutTrickle())),
                new Case("local", "`.local` candidates", DescriptionCases::hidden),
                new Case("ecdsa", "ECDSA certificates", bench -> connects(bench, Setup.USUAL.withCertificate("ecdsa"))),
                new Case("rsa", "RSA certificates", bench -> connects(bench, Setup.USUAL.withCertificate("rsa"))));
    }

    private static String connects(Bench bench, Setup setup) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Connected connected = bench.connect(setup);
        connected.first().exchange();
        return "open, and a message each way, after %.0f ms".formatted((System.nanoTime() - startNanos) / 1e6);
    }

    private static String today(Bench bench) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        for (Peer peer : List.of(bench.us(), bench.them())) {
            String description = connected.pair().description(peer);
            Wire.require(
                    mediaLine(description).endsWith("UDP/DTLS/SCTP webrtc-datachannel")
                            && description.contains("a=sctp-port:"),
                    peer.name() + " writes " + mediaLine(description));
        }
        connected.first().exchange();
        return "";
    }

    private static String old(Bench bench) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL.inOldDialect());
        String offer = mediaLine(connected.pair().description(connected.pair().offerer()));
        if (bench.role() == Role.ANSWERING && !OLD.matcher(offer).matches()) {
            throw new CannotException(
                    "asked for nothing else, it offers `" + offer + "`; its API has no choice of dialect");
        }
        Wire.require(OLD.matcher(offer).matches(), "the offer is not an old one: " + offer);
        connected.first().exchange();
        return "offer `" + offer + "`, answer `"
                + mediaLine(connected
                        .pair()
                        .description(connected.pair().other(connected.pair().offerer()))) + "`";
    }

    private static String mediaLine(String description) {
        Matcher line = MEDIA_LINE.matcher(description);
        return line.find() ? line.group().strip() : "no m-line";
    }

    private static String hidden(Bench bench) throws IOException, InterruptedException {
        bench.use(Addresses.HIDDEN);
        try {
            Connected connected = bench.connect(Setup.USUAL);
            String candidate = connected.pair().firstCandidate(bench.them());
            if (!bench.kind().isBrowser() && !candidate.contains(".local ")) {
                throw new CannotException("it publishes addresses: `" + candidate + "`");
            }
            Wire.require(candidate.contains(".local "), "not hidden: " + candidate);
            connected.first().exchange();
            return "`" + candidate.replaceFirst(" typ .*", "") + "`";
        } finally {
            bench.use(Addresses.SHOWN);
        }
    }
}
