package io.github.purrtc.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run found, in Markdown. */
final class Page {
    private static final String BEGIN = "<!-- benchmarks -->";
    private static final String END = "<!-- end of benchmarks -->";

    private final Results results;

    Page(Results results) {
        this.results = results;
    }

    /** For the README: the table's main lines, when, where and how. */
    String summary() {
        return table(rows(Row.Place.SUMMARY)) + "\n" + provenance();
    }

    private String provenance() {
        return """
                Medians of %s rounds (least–greatest), %s, all in turn, both ends in one process unless told otherwise, over \
                loopback: %s. MB are 10^6 bytes. What warms up in two processes, whoever it is of, has %d times as long: two JVMs \
                compile on the processors that they are measured on.%s

                    java -jar benchmarks/target/purrtc-benchmarks.jar %s
                """.formatted(
                        results.text("rounds"),
                        results.text("date"),
                        results.machine(),
                        Measurement.LONG_WARMUP,
                        disturbed(),
                        results.text("command"));
    }

    private String disturbed() {
        return results.disturbed() == 0
                ? ""
                : " While %d of the %d measurements ran, other programs took more than a tenth of the machine."
                        .formatted(results.disturbed(), results.lines());
    }

    /** @param charts file names beside the page */
    String text(List<String> charts) {
        StringBuilder text =
                new StringBuilder("# Benchmarks\n\n").append(summary()).append('\n');
        charts.forEach(chart -> text.append(
                "![%s](%s)%n%n".formatted(chart.replaceFirst("\\.svg$", "").replace('-', ' '), chart)));
        text.append("## All figures\n\n").append(table(rows(Row.Place.TABLE))).append('\n');
        text.append("What was measured:\n\n");
        results.versions().forEach(version -> text.append("- ").append(version).append('\n'));
        text.append("\n## Goals\n\n").append(goals());
        text.append("\n## Distance to the limit\n\n").append(new Limit(results).text());
        text.append(new Profiles(results).text());
        text.append(new IdleHeap(results).text());
        return text.toString();
    }

    private List<Row> rows(Row.Place place) {
        List<Row> rows = new ArrayList<>(Row.ALL);
        rows.addAll(Row.idle(results));
        rows.removeIf(row -> place == Row.Place.SUMMARY && row.place() != place);
        rows.removeIf(row -> results.contenders(row.measurement()).isEmpty());
        return rows;
    }

    private String table(List<Row> rows) {
        Set<String> contenders = new LinkedHashSet<>();
        rows.forEach(row -> contenders.addAll(results.contenders(row.measurement())));
        StringBuilder text = new StringBuilder("| |");
        contenders.forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n| --- |").append(" ---: |".repeat(contenders.size())).append('\n');
        for (Row row : rows) {
            text.append("| ").append(row.label()).append(" |");
            for (String contender : contenders) {
                Optional<Spread> spread = results.spread(row.measurement(), contender, row.figure());
                text.append(' ').append(spread.map(Spread::toString).orElse("")).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String goals() {
        return Goal.check(results).stream()
                .map(goal -> "| %s | %s | %s | %s | %s |%n"
                        .formatted(
                                goal.what(),
                                goal.wanted(),
                                goal.measured(),
                                goal.against(),
                                goal.verdict().label()))
                .collect(Collectors.joining("", """
                        Each as measured in this run, medians against medians.

                        | goal | wanted | measured | beside | met |
                        | --- | --- | ---: | --- | --- |
                        """, ""));
    }

    /** Writes the summary between the marks of a file that has them. */
    void replaceSummary(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " has no lines " + BEGIN + " and " + END);
        }
        Files.writeString(file, text.substring(0, begin) + BEGIN + "\n" + summary() + text.substring(end));
    }
}
