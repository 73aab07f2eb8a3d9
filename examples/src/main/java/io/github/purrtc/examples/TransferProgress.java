package io.github.purrtc.examples;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far a file has come: a bar, the rate, the time that is left. */
final class TransferProgress {
    private static final long SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A terminal's line, but for the last place, where some terminals begin the next. */
    private static final int LINE_CHARS = 79;

    private static final int MAX_BAR_CHARS = 24;
    private static final int NAME_CHARS = 18;

    private final Progress progress;
    private final LongSupplier clock;
    private final String name;
    private final long size;
    private final long begun;
    private final long startNanos;
    private long shownNanos;

    /** @param begun the bytes that were there before: they do not count for the rate */
    TransferProgress(Progress progress, LongSupplier clock, String name, long begun, long size) {
        this.progress = progress;
        this.clock = clock;
        this.name = shorten(name);
        this.size = size;
        this.begun = begun;
        startNanos = clock.getAsLong();
        shownNanos = startNanos - SHOW_NANOS;
    }

    /** Says why nothing moves for now: so many bytes are read again. */
    static void checking(Progress progress, String name, long bytes) {
        if (bytes > 0) {
            progress.show(shorten(name) + ": checking the " + size(bytes) + " that are there");
        }
    }

    /** So many of the file's bytes are there. */
    void at(long bytes) {
        long now = clock.getAsLong();
        if (now - shownNanos >= SHOW_NANOS) {
            shownNanos = now;
            progress.show(line(bytes, now - startNanos));
        }
    }

    private String line(long bytes, long elapsedNanos) {
        double share = size == 0 ? 1 : (double) bytes / size;
        double bytesPerSecond = elapsedNanos == 0 ? 0 : (bytes - begun) * 1e9 / elapsedNanos;
        String left = bytesPerSecond == 0 ? "--:--" : duration((long) Math.ceil((size - bytes) / bytesPerSecond));
        String figures = String.format(
                Locale.ROOT,
                "%3d %%  %s of %s  %s/s  %s left",
                (int) (share * 100),
                size(bytes),
                size(size),
                size((long) bytesPerSecond),
                left);
        return name + " " + bar(share, LINE_CHARS - name.length() - figures.length() - 2) + " " + figures;
    }

    private static String bar(double share, int room) {
        int chars = Math.max(0, Math.min(MAX_BAR_CHARS, room - 2));
        int full = (int) Math.round(share * chars);
        return "[" + "#".repeat(full) + ".".repeat(chars - full) + "]";
    }

    private static String shorten(String name) {
        return name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS - 1) + "…";
    }

    /** What it was in the end. */
    String summary() {
        double seconds = (clock.getAsLong() - startNanos) / 1e9;
        return String.format(
                Locale.ROOT,
                "%s in %.1f s (%s/s)%s",
                size(size - begun),
                seconds,
                size((long) ((size - begun) / Math.max(seconds, 1e-3))),
                begun == 0 ? "" : ", " + size(begun) + " were there before");
    }

    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.95) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", value, "kMGTPE".charAt(unit));
    }

    private static String duration(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
}
