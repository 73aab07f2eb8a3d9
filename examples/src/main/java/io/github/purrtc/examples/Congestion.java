package io.github.purrtc.examples;

import io.github.purrtc.sctp.CongestionAlgorithm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Congestion control on the command line: the library's words, and rawrtc's where it is the same. */
final class Congestion implements ITypeConverter<CongestionAlgorithm>, Iterable<String> {
    /** rawrtc's word for what RFC 9260 has. */
    private static final String RFC_2581 = "rfc2581";

    @Override
    public CongestionAlgorithm convert(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals(RFC_2581)) {
            return CongestionAlgorithm.NEW_RENO;
        }
        return Arrays.stream(CongestionAlgorithm.values())
                .filter(algorithm -> word(algorithm).equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is none of " + RFC_2581 + ", " + String.join(", ", words())));
    }

    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }

    private static List<String> words() {
        return Arrays.stream(CongestionAlgorithm.values()).map(Congestion::word).toList();
    }

    private static String word(CongestionAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
