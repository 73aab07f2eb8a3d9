package io.github.purrtc.benchmarks.measure;

import javax.management.JMException;
import javax.management.ObjectName;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What lives in the heap, by class.
 *
 * @param bytes of all objects of a class; empty where the JVM does not tell
 */
record ClassHistogram(Map<String, Long> bytes) {
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    /** {@code "   1:   18404   1533944  [B (java.base@17.0.15)"}: rank, objects, bytes, class. */
    private static final Pattern LINE = Pattern.compile("(?m)^ *\\d+: +\\d+ +(\\d+) +(\\S+)");

    /** Of what is left after a collection. */
    static ClassHistogram now() {
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(COMMANDS), "gcClassHistogram", new Object[] {new String[0]}, new String[] {
                        String[].class.getName()
                    });
            return parse(String.valueOf(text));
        } catch (JMException e) {
            return new ClassHistogram(Map.of());
        }
    }

    static ClassHistogram parse(String text) {
        Map<String, Long> bytes = new HashMap<>();
        for (MatchResult line : LINE.matcher(text).results().toList()) {
            bytes.merge(readable(line.group(2)), Long.parseLong(line.group(1)), Long::sum);
        }
        return new ClassHistogram(bytes);
    }

    /** {@code [[B} is {@code byte[][]}. */
    private static String readable(String name) {
        if (!name.startsWith("[")) {
            return name;
        }
        String element = name.substring(1);
        String type =
                switch (element.charAt(0)) {
                    case 'B' -> "byte";
                    case 'C' -> "char";
                    case 'D' -> "double";
                    case 'F' -> "float";
                    case 'I' -> "int";
                    case 'J' -> "long";
                    case 'S' -> "short";
                    case 'Z' -> "boolean";
                    case 'L' -> element.substring(1, element.length() - 1);
                    default -> readable(element);
                };
        return type + "[]";
    }

    /** The classes of which there is most more than before, and how many bytes more, a share of {@code parts} each. */
    Map<String, Double> since(ClassHistogram before, int parts, int most) {
        Map<String, Double> more = new LinkedHashMap<>();
        bytes.entrySet().stream()
                .map(entry ->
                        Map.entry(entry.getKey(), entry.getValue() - before.bytes.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() >= parts)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(entry -> more.put(entry.getKey(), (double) entry.getValue() / parts));
        return more;
    }
}
