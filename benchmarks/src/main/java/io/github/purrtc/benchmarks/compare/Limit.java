package io.github.purrtc.benchmarks.compare;

import java.util.Optional;

/** How far purrtc is from what the machine can do. */
final class Limit {
    private final Results results;

    Limit(Results results) {
        this.results = results;
    }

    String text() {
        StringBuilder text = new StringBuilder("| | limit | purrtc | ratio |\n| --- | ---: | ---: | ---: |\n");
        line(
                text,
                "UDP of 1,200 bytes in bursts (epoll, offload both ways), MB/s",
                "udp-bursts",
                Contender.UDP,
                "MBps",
                "throughput-64k",
                Contender.PURRTC,
                "MBps");
        line(
                text,
                "DTLS records alone, both ends on one thread, MB/s",
                "cipher",
                Contender.CIPHER,
                "MBps",
                "throughput-64k",
                Contender.PURRTC,
                "MBps");
        line(
                text,
                "UDP of 1,200 bytes one by one (blocking NIO), MB/s",
                "udp-one-by-one",
                Contender.UDP,
                "MBps",
                "throughput-64k",
                Contender.PURRTC_NIO,
                "MBps");
        line(
                text,
                "UDP round trip of 64 bytes between blocking sockets, median, µs",
                "udp-latency",
                Contender.UDP,
                "p50_us",
                "latency",
                Contender.PURRTC,
                "p50_us");
        line(
                text,
                "99th percentile, µs",
                "udp-latency",
                Contender.UDP,
                "p99_us",
                "latency",
                Contender.PURRTC,
                "p99_us");
        nanos().ifPresent(text::append);
        return text.toString();
    }

    private void line(
            StringBuilder text,
            String label,
            String limit,
            String limitContender,
            String limitFigure,
            String own,
            String ownContender,
            String ownFigure) {
        Optional<Spread> bound = results.spread(limit, limitContender, limitFigure);
        Optional<Spread> reached = results.spread(own, ownContender, ownFigure);
        if (bound.isPresent() && reached.isPresent()) {
            text.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            label,
                            bound.get(),
                            reached.get(),
                            Spread.number(reached.get().median() / bound.get().median())));
        }
    }

    private Optional<String> nanos() {
        return cipher("encrypt_ns")
                .map(encrypt ->
                        ("%nA record of %s bytes costs %s ns to encrypt and %s ns to decrypt by our DTLS; the JDK's "
                                        + "AES-128-GCM alone takes %s ns for as many bytes.%n")
                                .formatted(
                                        number("size"),
                                        Spread.number(encrypt),
                                        number("decrypt_ns"),
                                        number("jdk_cipher_ns")));
    }

    private String number(String figure) {
        return cipher(figure).map(Spread::number).orElse("?");
    }

    private Optional<Double> cipher(String figure) {
        return results.spread("cipher", Contender.CIPHER, figure).map(Spread::median);
    }
}
