package io.github.purrtc.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.benchmarks.process.Jvm;
import io.github.purrtc.examples.Purrtc;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** docs/emulator.md: its commands do what it says, and its table has the options that there are. */
@Timeout(240)
class EmulatorPageTest {
    private static final Path PAGE = Path.of("..", "docs", "emulator.md");
    private static final int LIMIT_SECONDS = 60;
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    /** A terminal, and what its program printed of JSON. */
    private final class Terminal implements AutoCloseable {
        final Child program;
        private final File errors;
        private final BlockingQueue<JsonNode> lines = new LinkedBlockingQueue<>();

        Terminal(String command, String name) throws IOException {
            errors = folder.resolve(name).toFile();
            program = Child.start(words(command), errors);
            program.read(lines::add);
        }

        String printed() throws InterruptedException {
            JsonNode line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(line, () -> program + " prints nothing");
            return line.toString();
        }

        void awaitStory(Pattern wanted) throws IOException, InterruptedException {
            try (WatchService watch = folder.getFileSystem().newWatchService()) {
                folder.register(watch, ENTRY_MODIFY);
                while (!wanted.matcher(story()).find()) {
                    WatchKey key = watch.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                    assertNotNull(key, () -> "no " + wanted + " in\n" + errors);
                    key.pollEvents();
                    key.reset();
                }
            }
        }

        void end() throws InterruptedException {
            program.say("");
            awaitEnd();
        }

        void awaitEnd() throws InterruptedException {
            long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (!program.awaitEnd()) {
                assertTrue(System.nanoTime() < deadlineNanos, () -> program + " does not end");
            }
        }

        private String story() throws IOException {
            return Files.readString(errors.toPath());
        }

        @Override
        public void close() {
            program.close();
        }
    }

    @Test
    @DisplayName("descriptions are carried from terminal to terminal, and the two peers meet through the relay")
    void pastes() throws Exception {
        try (Terminal offering = new Terminal(command("peer-connection 1"), "offering");
                Terminal answering = new Terminal(command("peer-connection 0"), "answering");
                Terminal path = new Terminal(command("--paste"), "path")) {
            carry(offering, path, answering);
            carry(answering, path, offering);
            Pattern heard = Pattern.compile("Incoming message for data channel cat-noises");
            offering.awaitStory(heard);
            answering.awaitStory(heard);
            path.awaitStory(Pattern.compile("(?m)^[1-9]\\d* passed, \\d+ lost, 0 found the queue full"));
            offering.end();
            answering.awaitEnd();
            path.end();
        }
    }

    private static void carry(Terminal from, Terminal path, Terminal to) throws InterruptedException {
        String said = from.printed();
        path.program.say(said);
        String heard = path.printed();
        List<String> candidates = Stream.of(heard.split("\\\\r\\\\n"))
                .filter(line -> line.startsWith("a=candidate:"))
                .toList();
        assertFalse(candidates.isEmpty(), heard);
        assertTrue(candidates.stream().noneMatch(said::contains), () -> "not the relay's: " + heard);
        to.program.say(heard);
    }

    @Test
    @DisplayName("two programs that signal by themselves meet, and what they and the relay tell has the page's form")
    void connects() throws IOException {
        List<JsonNode> told = new ArrayList<>();
        for (String line : Run.text(arguments(command("--between"))).split("\n")) {
            if (line.contains("\"result\"") || line.contains("\"relay\"")) {
                told.add(json(line));
            }
        }
        List<JsonNode> shown = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches(" {4}.*\\{\"event\".*"))
                .map(line -> json(line.replace("{…}", "{}")))
                .toList();
        assertEquals(names(shown), names(told));
        assertTrue(told.get(1).path("passed").asInt() > 100, told::toString);
    }

    @Test
    @DisplayName("what is sent to the relay's port comes to the target, and the answer back")
    void relays() throws Exception {
        try (DatagramSocket target = socket();
                DatagramSocket sender = socket()) {
            int port = freePort();
            String command = command("--target")
                    .replace(":9000", ":" + target.getLocalPort())
                    .replace("--listen 9001", "--listen " + port);
            try (Terminal relay = new Terminal(command, "relay")) {
                DatagramPacket arrived = new DatagramPacket(new byte[100], 100);
                long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
                do {
                    assertTrue(System.nanoTime() < deadlineNanos, "nothing arrives");
                    sender.send(new DatagramPacket(
                            new byte[7], 7, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                } while (!receives(target, arrived));
                target.send(new DatagramPacket(new byte[9], 9, arrived.getSocketAddress()));
                DatagramPacket answer = new DatagramPacket(new byte[100], 100);
                sender.setSoTimeout(20_000);
                sender.receive(answer);
                assertEquals(9, answer.getLength());
                relay.awaitStory(Pattern.compile("seed \\d+"));
            }
        }
    }

    @Test
    @DisplayName("each option of the path is in the table, with its default")
    void listsOptions() throws IOException {
        Map<String, String> shown = Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\| [^|]* \\| ([^|]*) \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), EmulatorPageTest::number, (a, b) -> a, TreeMap::new));
        Map<String, String> options = new TreeMap<>();
        var emulate = Benchmarks.commandLine().getSubcommands().get("emulate").getCommandSpec();
        for (OptionSpec option : emulate.argGroups().get(1).options()) {
            options.put(option.longestName(), option.defaultValue() == null ? "" : option.defaultValue());
        }
        assertEquals(options, shown);
    }

    private static String number(MatchResult row) {
        return row.group(2).replace(",", "").replaceFirst("\\D.*", "");
    }

    @Test
    @DisplayName("links of the page lead somewhere, and the README leads to it")
    void isFound() throws IOException {
        assertTrue(Files.readString(Path.of("..", "README.md")).contains("(docs/emulator.md)"));
        assertTrue(Files.isDirectory(Path.of("..", "benchmarks", "peers", "node")));
    }

    /** The page's one command with those words. */
    private static String command(String words) throws IOException {
        List<String> found = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("    java -jar ") && line.contains(" " + words))
                .map(String::strip)
                .toList();
        assertEquals(1, found.size(), words);
        String tools = String.join(" ", Jvm.likeThis().command(List.of())).replace(Benchmarks.class.getName(), "");
        return found.get(0)
                .replace("java -jar benchmarks/target/purrtc-benchmarks.jar", tools + Benchmarks.class.getName())
                .replace("java -jar examples/target/purrtc-examples.jar", tools + Purrtc.class.getName());
    }

    /** As a shell would tell them apart. */
    private static List<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }

    /** What stands behind this program's name. */
    private static String[] arguments(String command) {
        List<String> words = words(command);
        return words.subList(words.indexOf(Benchmarks.class.getName()) + 1, words.size())
                .toArray(String[]::new);
    }

    private static TreeSet<String> names(List<JsonNode> lines) {
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode line : lines) {
            line.fieldNames()
                    .forEachRemaining(name -> names.add(line.path("event").asText() + " " + name));
        }
        return names;
    }

    private static JsonNode json(String line) {
        try {
            return new JsonMapper().readTree(line.substring(line.indexOf('{')));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(300);
        return socket;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = socket()) {
            return free.getLocalPort();
        }
    }

    private static boolean receives(DatagramSocket socket, DatagramPacket packet) throws IOException {
        try {
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
