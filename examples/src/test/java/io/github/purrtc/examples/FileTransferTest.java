package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files sent and received by processes that meet in a room, byte for byte. */
@Timeout(180)
class FileTransferTest {
    private static final int LARGE = 60_000_000;

    @TempDir
    Path directory;

    @Test
    void severalFilesArriveAndNothingIsOverwritten() throws Exception {
        Path cat = write("cat.bin", 1_000_000, 1);
        Path empty = write("empty", 0, 2);
        Path inbox = Files.createDirectory(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("cat.bin"), "another cat");
        try (TestServer server = TestServer.start();
                Tool receiver = receive(server, inbox);
                Tool sender = send(server, cat, empty)) {
            assertEquals(0, sender.exitCode());
            assertEquals(0, receiver.exitCode());
        }
        assertEquals("another cat", Files.readString(inbox.resolve("cat.bin")));
        assertEquals(-1, Files.mismatch(cat, inbox.resolve("cat (2).bin")));
        assertEquals(0, Files.size(inbox.resolve("empty")));
    }

    @Test
    void goesOnAfterTheSenderWasInterrupted() throws Exception {
        Path large = write("large.bin", LARGE, 3);
        Path inbox = directory.resolve("inbox");
        try (TestServer server = TestServer.start()) {
            try (Tool receiver = receive(server, inbox);
                    Tool sender = send(server, large)) {
                awaitBytes(inbox.resolve("large.bin.purrtc-part"));
                sender.interrupt();
                assertEquals(130, sender.exitCode());
                assertEquals(1, receiver.exitCode());
            }
            assertFalse(Files.exists(inbox.resolve("large.bin")));
            resume(server, large, inbox);
        }
    }

    @Test
    void goesOnAfterTheReceiverWasKilled() throws Exception {
        Path large = write("large.bin", LARGE, 4);
        Path inbox = directory.resolve("inbox");
        try (TestServer server = TestServer.start()) {
            try (Tool receiver = receive(server, inbox);
                    Tool sender = send(server, large)) {
                awaitBytes(inbox.resolve("large.bin.purrtc-part"));
                receiver.kill();
                sender.kill();
            }
            resume(server, large, inbox);
        }
    }

    private void resume(TestServer server, Path large, Path inbox) throws Exception {
        assertTrue(Files.size(inbox.resolve("large.bin.purrtc-part")) > 0);
        try (Tool receiver = receive(server, inbox);
                Tool sender = send(server, large)) {
            sender.out.await("what was there", line -> line.contains("were there before"));
            assertEquals(0, sender.exitCode());
            assertEquals(0, receiver.exitCode());
        }
        assertEquals(-1, Files.mismatch(large, inbox.resolve("large.bin")));
        assertFalse(Files.exists(inbox.resolve("large.bin.purrtc-part")));
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        Path cat = write("cat.bin", 1_001, 5);
        Path inbox = directory.resolve("inbox");
        try (TestServer server = TestServer.start();
                Tool receiver = Tool.start(
                        "receive-file",
                        "--include-loopback",
                        "--server",
                        url(server),
                        "--room",
                        "test-room",
                        "--directory",
                        inbox.toString(),
                        "--max-size",
                        "1000");
                Tool sender = send(server, cat)) {
            sender.err.await("the reason", line -> line.contains("at most 1.0 kB are accepted"));
            assertEquals(1, sender.exitCode());
            assertEquals(1, receiver.exitCode());
        }
        try (Stream<Path> files = Files.list(inbox)) {
            assertEquals(0, files.count());
        }
    }

    private static Tool send(TestServer server, Path... files) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("send-file", "--include-loopback", "--server", url(server), "--room", "test-room"));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        return Tool.start(arguments.toArray(String[]::new));
    }

    private static Tool receive(TestServer server, Path inbox) throws IOException {
        return Tool.start(
                "receive-file",
                "--include-loopback",
                "--server",
                url(server),
                "--room",
                "test-room",
                "--directory",
                inbox.toString());
    }

    private static String url(TestServer server) {
        return server.signalling().toString();
    }

    private Path write(String name, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    /** Waits until some of the file is there. */
    private static void awaitBytes(Path part) throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(part) || Files.size(part) < 1_000_000) {
            assertTrue(System.nanoTime() - deadlineNanos < 0, "nothing arrives");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
