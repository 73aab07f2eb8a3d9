package io.github.purrtc.examples;

import java.util.Locale;

/**
 * What was measured.
 *
 * @param messageBytes the size of a message
 * @param seconds how long
 * @param bytes of messages that arrived in that time
 * @param messages that arrived in that time
 * @param cpuSeconds of the whole process in that time
 * @param transport the kind of sockets
 */
record ThroughputResult(
        int messageBytes, double seconds, long bytes, long messages, double cpuSeconds, String transport) {

    /** In 10^6 bytes. */
    double megabytesPerSecond() {
        return bytes / 1e6 / seconds;
    }

    double messagesPerSecond() {
        return messages / seconds;
    }

    /** A gigabyte being 10^9 bytes. */
    double cpuSecondsPerGigabyte() {
        return cpuSeconds / (bytes / 1e9);
    }

    String toText() {
        return String.format(
                Locale.ROOT,
                """
                received    %,d messages of %,d bytes in %.1f s: %.2f GB
                throughput  %.1f MB/s
                messages    %,.0f/s
                CPU         %.2f s per GB (%.2f cores)
                sockets     %s""",
                messages,
                messageBytes,
                seconds,
                bytes / 1e9,
                megabytesPerSecond(),
                messagesPerSecond(),
                cpuSecondsPerGigabyte(),
                cpuSeconds / seconds,
                transport);
    }

    String toJson() {
        return Json.object()
                .put("messageBytes", messageBytes)
                .put("seconds", seconds)
                .put("bytes", bytes)
                .put("messages", messages)
                .put("megabytesPerSecond", megabytesPerSecond())
                .put("messagesPerSecond", messagesPerSecond())
                .put("cpuSeconds", cpuSeconds)
                .put("cpuSecondsPerGigabyte", cpuSecondsPerGigabyte())
                .put("transport", transport)
                .toString();
    }
}
