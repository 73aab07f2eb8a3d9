package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a receiver of files does with a sender that means harm. */
@Timeout(60)
class FileReceiverTest {
    private static final long LIMIT_SECONDS = 30;
    private static final String PURR = "purr";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> received = new CompletableFuture<>();
    private Path inbox;
    private LoopbackPair pair;
    private FileLine sender;

    @BeforeEach
    void connect() throws Exception {
        inbox = Files.createDirectory(directory.resolve("inbox"));
        pair = LoopbackPair.connect(ThroughputRun.configuration(262_144, 1_450));
        BlockingDataChannel channel = new BlockingDataChannel(pair.sender());
        sender = new FileLine(channel.timeout(Duration.ofSeconds(LIMIT_SECONDS)));
    }

    @AfterEach
    void disconnect() {
        pair.close();
    }

    private void receive(FileReceiver.Limits limits) {
        FileLine line = new FileLine(new BlockingDataChannel(pair.receiver()));
        Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        FileReceiver receiver = new FileReceiver(line, inbox, limits, progress, out);
        Thread thread = new Thread(() -> {
            try {
                received.complete(receiver.receive());
            } catch (IOException | RuntimeException e) {
                received.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        receive(new FileReceiver.Limits(1_000_000, 100));
    }

    /** Offers a file and says that it begins with nothing in particular, until the receiver knows where to begin. */
    private long offer(String name, long size) throws IOException {
        sender.say(new FileSignal.File(name, size));
        while (true) {
            FileSignal signal = FileLine.signal(sender.receive());
            if (signal instanceof FileSignal.From from) {
                return from.offset();
            }
            assertInstanceOf(FileSignal.Have.class, signal);
            sender.say(new FileSignal.Begins(new Sha256().value()));
        }
    }

    private void send(String text) throws IOException {
        sender.send(bytes(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FileSignal.End end(String text) {
        Sha256 sha256 = new Sha256();
        sha256.update(bytes(text));
        return new FileSignal.End(sha256.value());
    }

    private void sendWhole(String name) throws IOException {
        assertEquals(0, offer(name, PURR.length()));
        send(PURR);
        sender.say(end(PURR));
        sender.expect(FileSignal.Kept.class);
    }

    /** The receiver gives up, and both ends know why. */
    private void assertRefused(String reason) throws Exception {
        String told = assertThrows(IOException.class, this::readUntilRefused).getMessage();
        assertTrue(told.contains(reason), told);
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> received.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(IOException.class, failure.getCause());
    }

    private void readUntilRefused() throws IOException {
        while (true) {
            FileLine.signal(sender.receive());
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> !Files.isDirectory(path))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void namesDoNotLeadOutOfTheDirectory() throws Exception {
        receive();
        List<String> names = List.of(
                "../evil",
                "../../../../../../tmp/evil",
                "/etc/evil",
                "..\\evil",
                "C:\\evil",
                "..",
                ".",
                "",
                "/",
                ".bashrc",
                "-rf",
                "cat\u0000.jpg",
                "cat\n\u001b[2J",
                "\u202egpj.exe",
                "CON",
                "x".repeat(200_000),
                "日".repeat(60_000),
                "../" + "y".repeat(100_000) + "/" + "z".repeat(100_000) + ".jpg",
                "cat.purrtc-part");
        for (String name : names) {
            sendWhole(name);
        }
        sender.say(new FileSignal.Bye());
        assertEquals(names.size(), received.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        List<String> files = files();
        assertEquals(names.size(), files.size(), files::toString);
        for (String file : files) {
            assertTrue(file.matches("inbox/[^./\\\\\\p{Cntrl}\u202e-][^/\\\\\\p{Cntrl}\u202e]*"), file);
            assertFalse(file.endsWith(FileNames.PART), file);
            assertEquals(PURR, Files.readString(directory.resolve(file)));
        }
        assertFalse(console.toString(StandardCharsets.UTF_8).contains("\u001b"));
    }

    @ParameterizedTest
    @CsvSource({
        "1000001, at most 1.0 MB are accepted",
        "9223372036854775807, at most 1.0 MB are accepted",
    })
    void absurdSizesAreRefused(long size, String reason) throws Exception {
        receive();
        sender.say(new FileSignal.File("cat", size));
        assertRefused(reason);
        assertEquals(List.of(), files());
    }

    @Test
    void moreThanTheDiskHoldsIsRefused() throws Exception {
        receive(new FileReceiver.Limits(Long.MAX_VALUE, 1));
        sender.say(new FileSignal.File("cat", Long.MAX_VALUE));
        sender.expect(FileSignal.Have.class);
        sender.say(new FileSignal.Begins(""));
        assertRefused("there is room for");
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purr",
                "{}",
                "{\"type\":\"file\"}",
                "{\"type\":\"file\",\"name\":\"cat\",\"size\":-1}",
                "{\"type\":\"file\",\"name\":\"cat\",\"size\":1e3}",
                "{\"type\":\"file\",\"name\":\"cat\",\"size\":\"1\"}",
                "{\"type\":\"file\",\"name\":\"cat\",\"size\":9223372036854775808}",
                "{\"type\":\"file\",\"name\":7,\"size\":1}",
                "{\"type\":\"kept\"}",
                "{\"type\":\"from\",\"offset\":0}",
            })
    void oddWordsEndTheTransfer(String text) throws Exception {
        receive();
        sender.channel().send(text);
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> received.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertInstanceOf(FileLine.TransferException.class, failure.getCause());
        assertEquals(List.of(), files());
    }

    @Test
    void moreBytesThanWereSaidAreRefused() throws Exception {
        receive();
        assertEquals(0, offer("cat", 4));
        send("pur");
        send("ring");
        assertRefused("there are more bytes than was said");
        assertEquals(List.of("inbox/cat" + FileNames.PART), files());
        assertEquals("pur", Files.readString(inbox.resolve("cat" + FileNames.PART)));
    }

    @Test
    void fewerBytesThanWereSaidAreRefused() throws Exception {
        receive();
        assertEquals(0, offer("cat", 4));
        send("pur");
        sender.say(end("pur"));
        assertRefused("there are bytes missing");
        assertFalse(Files.exists(inbox.resolve("cat")));
    }

    @Test
    void nothingAtAllAgainAndAgainIsRefused() throws Exception {
        receive();
        assertEquals(0, offer("cat", 4));
        send("");
        assertRefused("there are empty messages");
        assertEquals(List.of(), files());
    }

    @Test
    void aWrongChecksumLeavesNothing() throws Exception {
        receive();
        assertEquals(0, offer("cat", 4));
        send(PURR);
        sender.say(end("meow"));
        assertRefused("the checksum is wrong");
        assertEquals(List.of(), files());
    }

    @Test
    void filesHaveANumberThatTheyDoNotExceed() throws Exception {
        receive(new FileReceiver.Limits(1_000, 2));
        sendWhole("cat");
        sendWhole("dog");
        sender.say(new FileSignal.File("bear", 4));
        assertRefused("at most 2 files are accepted");
        assertEquals(List.of("inbox/cat", "inbox/dog"), files());
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Path victim = Files.writeString(directory.resolve("victim"), "meow");
        Files.createSymbolicLink(inbox.resolve("cat"), victim);
        Files.createSymbolicLink(inbox.resolve("dog"), directory.resolve("nowhere"));
        Files.createSymbolicLink(inbox.resolve("bear" + FileNames.PART), victim);
        receive();
        sendWhole("cat");
        sendWhole("dog");
        sender.say(new FileSignal.File("bear", 4));
        assertRefused("the file cannot be written");
        assertEquals("meow", Files.readString(victim));
        assertFalse(Files.exists(directory.resolve("nowhere")));
        assertEquals(PURR, Files.readString(inbox.resolve("cat (2)")));
        assertEquals(PURR, Files.readString(inbox.resolve("dog (2)")));
    }

    @Test
    void whatIsThereStays() throws Exception {
        Files.createDirectory(inbox.resolve("cat"));
        Files.writeString(inbox.resolve("dog"), "woof");
        Files.writeString(inbox.resolve("bear"), "a longer growl");
        Files.writeString(inbox.resolve("lion.part"), "of another program");
        receive();
        for (String name : List.of("cat", "dog", "bear", "lion")) {
            sendWhole(name);
        }
        assertEquals("woof", Files.readString(inbox.resolve("dog")));
        assertEquals("a longer growl", Files.readString(inbox.resolve("bear")));
        assertEquals("of another program", Files.readString(inbox.resolve("lion.part")));
        assertEquals(
                List.of("bear", "bear (2)", "cat (2)", "dog", "dog (2)", "lion", "lion.part"),
                files().stream().map(file -> file.substring("inbox/".length())).toList());
    }

    @Test
    void theSenderHasToKnowWhatIsThere() throws Exception {
        Files.writeString(inbox.resolve("pin"), "1234");
        receive();
        sender.say(new FileSignal.File("pin", 4));
        assertEquals("{\"type\":\"have\",\"bytes\":4}", sender.receive().text());
        sender.say(new FileSignal.Begins(end("1235").sha256()));
        assertEquals(0, sender.expect(FileSignal.Have.class).bytes());
        sender.say(new FileSignal.Begins(""));
        assertEquals(0, sender.expect(FileSignal.From.class).offset());
    }

    @Test
    void whatWasInterruptedGoesOnBesideAnotherFileOfItsNameAndSize() throws Exception {
        Files.writeString(inbox.resolve("cat"), "meow");
        Files.writeString(inbox.resolve("cat" + FileNames.PART), "pu");
        receive();
        sender.say(new FileSignal.File("cat", 4));
        assertEquals(4, sender.expect(FileSignal.Have.class).bytes());
        sender.say(new FileSignal.Begins(end(PURR).sha256()));
        assertEquals(2, sender.expect(FileSignal.Have.class).bytes());
        sender.say(new FileSignal.Begins(end("pu").sha256()));
        assertEquals(2, sender.expect(FileSignal.From.class).offset());
        send("rr");
        sender.say(end(PURR));
        sender.expect(FileSignal.Kept.class);
        assertEquals(PURR, Files.readString(inbox.resolve("cat (2)")));
        assertEquals("meow", Files.readString(inbox.resolve("cat")));
    }
}
