package io.github.purrtc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PacketLogTest {
    private static final int SECTION_HEADER_BLOCK = 0x0A0D0D0A;

    @Test
    void eachConnectionWritesAFile(@TempDir Path directory) throws IOException {
        exchange(directory);
        try (Stream<Path> listing = Files.list(directory)) {
            List<Path> files = listing.toList();
            assertEquals(2, files.size());
            for (Path file : files) {
                byte[] content = Files.readAllBytes(file);
                assertEquals(SECTION_HEADER_BLOCK, ByteBuffer.wrap(content).getInt());
                // Without encryption: the text is there.
                assertTrue(new String(content, StandardCharsets.ISO_8859_1).contains("miaow"), file + " has no miaow");
            }
        }
    }

    @Test
    void aLogThatCannotBeWrittenDoesNoHarm(@TempDir Path directory) {
        exchange(directory.resolve("is").resolve("not").resolve("there"));
    }

    private static void exchange(Path directory) {
        Configuration configuration = Configuration.builder()
                .includeLoopback(true)
                .packetLog(directory)
                .build();
        try (PeerPair pair = new PeerPair(configuration)) {
            CountDownLatch heard = new CountDownLatch(1);
            pair.z.onDataChannel(channel -> channel.onMessage(message -> heard.countDown()));
            DataChannel channel = pair.a.createDataChannel("log");
            channel.onOpen(() -> channel.send("miaow"));
            pair.connect();
            PeerPair.await(heard, "the message");
        }
    }
}
