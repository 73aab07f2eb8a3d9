package io.github.purrtc;

import io.github.purrtc.sctp.PcapngLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Files for the packets of connections. What goes wrong with them is logged, and does not concern the connection. */
final class PacketLogs {
    private static final Logger LOGGER = LoggerFactory.getLogger(PacketLogs.class);

    private PacketLogs() {}

    /** A new file, for its owner's eyes only; null if none is wanted or there cannot be one. */
    static @Nullable PcapngLog open(@Nullable Path directory, long nowNanos) {
        if (directory == null) {
            return null;
        }
        try {
            Path path = Files.createTempFile(directory, "sctp-", ".pcapng");
            LOGGER.info("Logging SCTP packets to {}", path);
            long epochNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            return new PcapngLog(FileChannel.open(path, StandardOpenOption.WRITE), epochNanos - nowNanos);
        } catch (IOException e) {
            LOGGER.warn("No log of SCTP packets in {}", directory, e);
            return null;
        }
    }

    static void close(PcapngLog log) {
        try {
            log.close();
        } catch (IOException e) {
            LOGGER.warn("The log of SCTP packets could not be closed", e);
        }
        IOException failure = log.failure();
        if (failure != null) {
            LOGGER.warn("The log of SCTP packets is not complete", failure);
        }
    }
}
