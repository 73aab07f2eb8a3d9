package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a sender of files does with receivers, those that mean harm among them. */
@Timeout(60)
class FileSenderTest {
    private static final long LIMIT_SECONDS = 30;

    @TempDir
    Path directory;

    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private LoopbackPair pair;
    private FileLine receiver;

    @BeforeEach
    void connect() throws Exception {
        pair = LoopbackPair.connect(ThroughputRun.configuration(262_144, 1_450));
        receiver = new FileLine(new BlockingDataChannel(pair.receiver()).timeout(Duration.ofSeconds(LIMIT_SECONDS)));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        FileLine line = new FileLine(new BlockingDataChannel(pair.sender()));
        FileSender sender = new FileSender(line, new Progress(nowhere, false), nowhere);
        Path cat = Files.writeString(directory.resolve("cat"), "purr");
        Path large = Files.write(directory.resolve("large"), new byte[5_000_000]);
        Thread thread = new Thread(() -> {
            try {
                sender.send(List.of(cat, large));
                sent.complete(null);
            } catch (IOException | RuntimeException e) {
                sent.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void disconnect() {
        pair.close();
    }

    private String have(long bytes) throws IOException {
        receiver.say(new FileSignal.Have(bytes));
        return receiver.expect(FileSignal.Begins.class).sha256();
    }

    private String text() throws IOException {
        return StandardCharsets.UTF_8.decode(receiver.receive().data()).toString();
    }

    @Test
    void goesOnFromWhatIsThere() throws Exception {
        assertEquals(new FileSignal.File("cat", 4), receiver.expect(FileSignal.File.class));
        have(3);
        have(2);
        receiver.say(new FileSignal.From(2));
        assertEquals("rr", text());
        receiver.expect(FileSignal.End.class);
        receiver.say(new FileSignal.Kept());
        assertEquals(new FileSignal.File("large", 5_000_000), receiver.expect(FileSignal.File.class));
        have(5_000_000);
        receiver.say(new FileSignal.From(5_000_000));
        receiver.expect(FileSignal.End.class);
        receiver.say(new FileSignal.Kept());
        receiver.expect(FileSignal.Bye.class);
        receiver.hangUp();
        sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void hearsWhyTheReceiverEndsInTheMiddle() throws Exception {
        receiver.expect(FileSignal.File.class);
        have(4);
        receiver.say(new FileSignal.From(4));
        receiver.expect(FileSignal.End.class);
        receiver.say(new FileSignal.Kept());
        receiver.expect(FileSignal.File.class);
        receiver.say(new FileSignal.From(0));
        receiver.receive();
        receiver.refuse("the cat sits on the disk");
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> sent.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals("the other end says: the cat sits on the disk", Failures.describe(failure));
    }

    @Test
    void beginsAtTheBeginningWhereThereIsMoreThanTheFile() throws Exception {
        receiver.expect(FileSignal.File.class);
        assertEquals(new Sha256().value(), have(Long.MAX_VALUE));
        receiver.say(new FileSignal.From(0));
        assertEquals("purr", text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purr",
                "{\"type\":\"have\",\"bytes\":-1}",
                "{\"type\":\"from\",\"offset\":-1}",
                "{\"type\":\"from\",\"offset\":1}",
                "{\"type\":\"from\",\"offset\":5}",
                "{\"type\":\"from\",\"offset\":9223372036854775807}",
                "{\"type\":\"kept\"}",
                "{\"type\":\"bye\"}",
                "{\"type\":\"refused\",\"reason\":\"no cats\"}",
            })
    void oddWordsEndTheTransfer(String text) throws Exception {
        receiver.expect(FileSignal.File.class);
        receiver.channel().send(text);
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> sent.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(FileLine.TransferException.class, failure.getCause());
    }
}
