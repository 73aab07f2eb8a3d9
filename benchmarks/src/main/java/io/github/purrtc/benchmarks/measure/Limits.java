package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.limit.RecordCost;
import io.github.purrtc.benchmarks.limit.UdpLatency;
import io.github.purrtc.benchmarks.limit.UdpThroughput;

import java.util.List;
import java.util.Set;

/** The measurements without any WebRTC: what cannot be beaten on this machine. */
final class Limits {
    static final Set<String> MODES = Set.of("udp-throughput", "udp-latency", "cipher");

    private static final int PING_BYTES = 64;

    private Limits() {}

    static Line measure(List<String> words, Settings settings) throws Exception {
        String mode = words.get(0);
        String detail = words.size() > 1 ? words.get(1) : "";
        Line line =
                new Line().put("peer", mode.equals("cipher") ? "cipher" : "udp").put("mode", mode);
        return switch (mode) {
            case "udp-latency" -> {
                int size = detail.isEmpty() ? PING_BYTES : Integer.parseInt(detail);
                yield line.put("size", size).putPercentiles(UdpLatency.measure(size, settings.count));
            }
            case "udp-throughput" -> line.put("way", detail).putAll(udpThroughput(detail, settings));
            default -> line.putAll(cipher(settings));
        };
    }

    private static Line udpThroughput(String way, Settings settings) throws Exception {
        try (UdpThroughput udp = udp(way)) {
            udp.start();
            settings.sleep(settings.warmupSeconds);
            long receivedBefore = udp.receivedBytes();
            long sentBefore = udp.sentBytes();
            double cpuBefore = ProcessFigures.cpuSeconds();
            long startNanos = System.nanoTime();
            settings.sleep(settings.seconds);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            double received = udp.receivedBytes() - receivedBefore;
            double cpuSeconds = ProcessFigures.cpuSeconds() - cpuBefore;
            return new Line()
                    .put("MBps", received / seconds / 1e6)
                    .put("sent_MBps", (udp.sentBytes() - sentBefore) / seconds / 1e6)
                    .put("cpu_s", cpuSeconds)
                    .put("cpu_s_per_GB", cpuSeconds / (received / 1e9));
        }
    }

    private static UdpThroughput udp(String way) throws Exception {
        return switch (way) {
            case "", "one-by-one" -> UdpThroughput.oneByOne();
            case "bursts" -> UdpThroughput.inBursts();
            default -> throw new IllegalArgumentException("one-by-one or bursts, not " + way);
        };
    }

    private static Line cipher(Settings settings) throws Exception {
        RecordCost cost = RecordCost.measure(settings.warmupSeconds, settings.seconds);
        return new Line()
                .put("size", cost.plaintextBytes())
                .put("encrypt_ns", cost.encryptNanos())
                .put("decrypt_ns", cost.decryptNanos())
                .put("garbage_per_record", cost.garbageBytes())
                .put("jdk_cipher_ns", cost.cipherNanos())
                .put("MBps", cost.plaintextBytes() / (cost.encryptNanos() + cost.decryptNanos()) * 1e3);
    }
}
