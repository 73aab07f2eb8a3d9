package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Candidate types on the command line, by the words of SDP. */
final class CandidateTypes implements ITypeConverter<CandidateType>, Iterable<String> {
    /** Of a parameter that has these for its converter and its candidates. */
    static final String DESCRIPTION = "Candidates to use: ${COMPLETION-CANDIDATES} (default: all).";

    /** Those that were named, all if none were. */
    static Set<CandidateType> orAll(@Nullable List<CandidateType> named) {
        return named == null || named.isEmpty() ? EnumSet.allOf(CandidateType.class) : EnumSet.copyOf(named);
    }

    @Override
    public CandidateType convert(String word) {
        return Arrays.stream(CandidateType.values())
                .filter(type -> type.token().equals(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + word + "' is none of " + words().collect(Collectors.joining(", "))));
    }

    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }

    private static Stream<String> words() {
        return Arrays.stream(CandidateType.values()).map(CandidateType::token);
    }
}
