package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Many connections through one port of another process: {@code -Dpurrtc.portConnections=2000} for as many. It prints what
 * they cost both processes.
 */
class OnePortTest {
    private static final int CONNECTIONS = Integer.getInteger("purrtc.portConnections", 200);
    private static final int AT_ONCE = 24;
    private static final long LIMIT_SECONDS = 60 + CONNECTIONS / 10;
    private static final long IDLE_SECONDS = CONNECTIONS / 1_000;

    private static final Pattern CANDIDATE = Pattern.compile("a=candidate:\\S+ 1 udp \\d+ \\S+ (\\d+) ");

    private final Set<Integer> answeredPorts = ConcurrentHashMap.newKeySet();
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, Client> unanswered = new ConcurrentHashMap<>();
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(AT_ONCE);

    /** A connection of this process, with a port of its own, and its channel. */
    private static final class Client {
        final PeerConnection connection;
        final DataChannel channel;
        final BlockingQueue<String> echoes = new LinkedBlockingQueue<>();

        Client(Configuration configuration) {
            connection = WebRtc.shared().peerConnection(configuration);
            channel = connection.createDataChannel("cat-noises");
        }
    }

    @Test
    void allOfThemOnOnePort() throws Exception {
        int port = freePort();
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OnePortServer.class.getName(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (PrintStream toServer = new PrintStream(server.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            read(server);
            Usage clientBefore = Usage.of(ProcessHandle.current());
            Usage serverBefore = Usage.of(server.toHandle());
            long start = System.nanoTime();
            connectAll(toServer);
            long connectMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            echoOnEach("again");
            awaitCount(toServer);
            assertEquals(Set.of(port), answeredPorts);
            report("this process", clientBefore, ProcessHandle.current(), connectMillis);
            report("the one with the port", serverBefore, server.toHandle(), connectMillis);
            if (IDLE_SECONDS > 0) {
                idle(server.toHandle());
                echoOnEach("still");
                System.out.printf(
                        "heap: this process %,d KB a connection, the one with the port %,d KB%n",
                        OnePortServer.heapBytes() / 1_024 / CONNECTIONS, heap(toServer) / 1_024 / CONNECTIONS);
            }
            long heap = heap(toServer);
            assertEquals("closed", ask(toServer, "close"));
            clients.forEach(client -> client.connection.close());
            if (IDLE_SECONDS > 0) {
                awaitHeap(toServer, heap / 3);
            }
        } finally {
            server.destroy();
            assertTrue(server.waitFor(20, TimeUnit.SECONDS), "the server ends");
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void read(Process server) {
        Thread reader = new Thread(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals("answer")) {
                        accept(unanswered.remove(Integer.parseInt(words[1])), words[2]);
                    } else {
                        replies.add(line);
                    }
                }
            } catch (IOException e) {
                replies.add("the server's output ended: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private void accept(Client client, String answer) {
        String sdp = new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
        Matcher candidates = CANDIDATE.matcher(sdp);
        while (candidates.find()) {
            answeredPorts.add(Integer.parseInt(candidates.group(1)));
        }
        client.connection.setRemoteDescription(new SessionDescription(SdpType.ANSWER, sdp));
    }

    private void connectAll(PrintStream toServer) throws Exception {
        // A socket for each local address: of one family they are half as many.
        Configuration configuration = Configuration.builder()
                .certificate(DtlsCertificate.generate())
                .gathering(options -> options.addressFilter(address -> address instanceof Inet4Address))
                .build();
        CountDownLatch echoed = new CountDownLatch(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            assertTrue(room.tryAcquire(20, TimeUnit.SECONDS), () -> "stuck at " + clients.size() + ": " + replies);
            Client client = new Client(configuration);
            clients.add(client);
            String greeting = "meow " + i;
            client.channel.onOpen(() -> client.channel.send(greeting));
            client.channel.onMessage(message -> {
                client.echoes.add(message.text());
                if (message.text().equals(greeting)) {
                    echoed.countDown();
                    room.release();
                }
            });
            unanswered.put(i, client);
            String offer = "offer " + i + " ";
            client.connection.onIceCandidate(candidate -> {
                if (candidate == null) {
                    toServer.println(offer + OnePortServer.described(client.connection));
                }
            });
            client.connection.setLocalDescription();
        }
        assertTrue(echoed.await(LIMIT_SECONDS, TimeUnit.SECONDS), () -> echoed + " to come");
    }

    private void echoOnEach(String word) throws InterruptedException {
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.get(i).echoes.clear();
            clients.get(i).channel.send(word + i);
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            assertEquals(word + i, clients.get(i).echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** A busy machine lets some be silent for a while. */
    private void awaitCount(PrintStream toServer) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String count = ask(toServer, "count");
        while (!count.equals("count " + CONNECTIONS)) {
            assertTrue(System.nanoTime() - limit < 0, count);
            count = ask(toServer, "count");
        }
    }

    private long heap(PrintStream toServer) throws InterruptedException {
        return Long.parseLong(ask(toServer, "heap").split(" ")[1]);
    }

    /** What is closed lets go of what it had, soon. */
    private void awaitHeap(PrintStream toServer, long mostBytes) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        long heap = heap(toServer);
        while (heap > mostBytes) {
            assertTrue(System.nanoTime() - limit < 0, heap + " bytes are still in use, not " + mostBytes);
            heap = heap(toServer);
        }
    }

    private String ask(PrintStream toServer, String question) throws InterruptedException {
        toServer.println(question);
        String reply = replies.poll(60, TimeUnit.SECONDS);
        assertNotNull(reply, question);
        return reply;
    }

    private static void report(String who, Usage before, ProcessHandle process, long wallMillis) throws IOException {
        Usage now = Usage.of(process);
        System.out.printf(
                "%,d connections in %,d ms; %s: %.2f ms of CPU each, %,d KB of RSS each (%,d MB in all)%n",
                CONNECTIONS,
                wallMillis,
                who,
                (now.cpuMillis - before.cpuMillis) / (double) CONNECTIONS,
                (now.rssKb - before.rssKb) / CONNECTIONS,
                now.rssKb / 1_024);
    }

    private static void idle(ProcessHandle server) throws IOException {
        Usage clientBefore = Usage.of(ProcessHandle.current());
        Usage serverBefore = Usage.of(server);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
        while (System.nanoTime() - end < 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(end - System.nanoTime());
        }
        System.out.printf(
                "idle for %d s: this process %.1f %% of a core, the one with the port %.1f %%%n",
                IDLE_SECONDS,
                (Usage.of(ProcessHandle.current()).cpuMillis - clientBefore.cpuMillis) / 10.0 / IDLE_SECONDS,
                (Usage.of(server).cpuMillis - serverBefore.cpuMillis) / 10.0 / IDLE_SECONDS);
    }

    /** What a process has used, as Linux says; no memory elsewhere. */
    private record Usage(long cpuMillis, long rssKb) {
        static Usage of(ProcessHandle process) throws IOException {
            long cpu = process.info().totalCpuDuration().map(d -> d.toMillis()).orElse(0L);
            Path status = Path.of("/proc/" + process.pid() + "/status");
            if (!Files.exists(status)) {
                return new Usage(cpu, 0);
            }
            Matcher rss = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(status));
            return new Usage(cpu, rss.find() ? Long.parseLong(rss.group(1)) : 0);
        }
    }
}
