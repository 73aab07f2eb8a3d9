package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.Contender;
import io.github.purrtc.sctp.CongestionAlgorithm;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the charts: who sends to whom.
 *
 * @param name in tables and charts
 */
record Sender(String name, Contender offering, Contender answering, Color colour) {
    static final String LIBDATACHANNEL = Contender.LIBDATACHANNEL;

    private static final String CHROMIUM = "chromium";
    private static final Color LIBDATACHANNEL_COLOUR = new Color(0x21, 0x71, 0xB5);
    private static final Color WERIFT_COLOUR = new Color(0x75, 0x6B, 0xB1);
    private static final List<Color> OWN_COLOURS =
            List.of(new Color(0xE6, 0x55, 0x0D), new Color(0x8C, 0x2D, 0x04), new Color(0xFD, 0x8D, 0x3C));
    private static final List<Color> CHROMIUM_COLOURS =
            List.of(new Color(0x31, 0xA3, 0x54), new Color(0x00, 0x6D, 0x2C), new Color(0x74, 0xC4, 0x76));

    /** Ours to ourselves and to Chromium, by each of these congestion controls, then the others to themselves. */
    static List<Sender> all(List<CongestionAlgorithm> algorithms, Path peersFolder) {
        List<Sender> senders = new ArrayList<>(own(algorithms, peersFolder));
        senders.add(alone(Contender.node(peersFolder, LIBDATACHANNEL), LIBDATACHANNEL_COLOUR));
        senders.add(alone(Contender.node(peersFolder, Contender.WERIFT), WERIFT_COLOUR));
        return senders;
    }

    /** Ours to ourselves and to Chromium. */
    static List<Sender> own(List<CongestionAlgorithm> algorithms, Path peersFolder) {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < algorithms.size(); i++) {
            CongestionAlgorithm algorithm = algorithms.get(i);
            Contender ours = Contender.own(Contender.PURRTC + ", " + label(algorithm), algorithm);
            senders.add(alone(ours, OWN_COLOURS.get(i % OWN_COLOURS.size())));
            senders.add(new Sender(
                    ours.name() + ", to Chromium",
                    ours,
                    Contender.node(peersFolder, CHROMIUM),
                    CHROMIUM_COLOURS.get(i % CHROMIUM_COLOURS.size())));
        }
        return senders;
    }

    private static Sender alone(Contender contender, Color colour) {
        return new Sender(contender.name(), contender, contender, colour);
    }

    private static String label(CongestionAlgorithm algorithm) {
        return switch (algorithm) {
            case NEW_RENO -> "NewReno";
            case CUBIC -> "CUBIC";
            case BBR -> "BBR";
        };
    }

    boolean isToItself() {
        return offering.equals(answering);
    }

    boolean isOwn() {
        return name.startsWith(Contender.PURRTC);
    }
}
