package io.github.purrtc.ice;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Relayed candidates by a real coturn, where it is installed ({@code turnserver} on the path). */
class RelayTest {
    private static final int FIRST_RELAY_PORT = 49_300;
    private static final int LAST_RELAY_PORT = 49_400;

    private static String turnserver() {
        String found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "turnserver"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(found.isEmpty(), "coturn is not installed");
        return found;
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static Process start(String turnserver, int port, Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                turnserver,
                "-n",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--listening-port=" + port,
                "--min-port=" + FIRST_RELAY_PORT,
                "--max-port=" + LAST_RELAY_PORT,
                "--allow-loopback-peers",
                "--no-cli",
                "--no-tls",
                "--no-dtls",
                "--lt-cred-mech",
                "--realm=purrtc.test",
                "--user=mia:secret",
                "--pidfile=" + folder.resolve("pid"),
                "--userdb=" + folder.resolve("users"),
                "--log-file=stdout");
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        return builder.start();
    }

    private static IceGatherOptions relayOnly(int port, String password) {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .transportPolicy(IceTransportPolicy.RELAY)
                .serverTimeout(Duration.ofSeconds(15))
                .iceServers(List.of(new IceServer(List.of("turn:127.0.0.1:" + port), "mia", password)))
                .build();
    }

    @Test
    void dataPassesBothWaysThroughTwoRelays(@TempDir Path folder) throws Exception {
        String turnserver = turnserver();
        int port = freePort();
        Process coturn = start(turnserver, port, folder);
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(2))) {
            awaitListening(folder);
            Peer a = new Peer(network.nextLoop(), relayOnly(port, "secret"));
            Peer z = new Peer(network.nextLoop(), relayOnly(port, "secret"));
            gather(a);
            gather(z);
            assertEquals(1, a.gatherer.localCandidates().size());
            Candidate relayed = a.gatherer.localCandidates().get(0);
            assertEquals(CandidateType.RELAYED, relayed.type());
            assertEquals("0.0.0.0", relayed.relatedAddress());
            assertEquals(0, relayed.relatedPort());
            assertTrue(relayed.port() >= FIRST_RELAY_PORT && relayed.port() <= LAST_RELAY_PORT);
            a.start(IceRole.CONTROLLING, z);
            z.start(IceRole.CONTROLLED, a);
            a.learnCandidatesOf(z);
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            assertTrue(a.selected.get().isRelayed());
            for (int i = 0; i < 200; i++) {
                exchange(a, z, i);
                exchange(z, a, i);
            }
            a.stop();
            z.stop();
        } finally {
            coturn.destroy();
            coturn.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aWrongPasswordIsReported(@TempDir Path folder) throws Exception {
        String turnserver = turnserver();
        int port = freePort();
        Process coturn = start(turnserver, port, folder);
        List<IceCandidateError> errors = new CopyOnWriteArrayList<>();
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(1))) {
            awaitListening(folder);
            Peer a = new Peer(network.nextLoop(), relayOnly(port, "wrong"));
            a.gatherer.listener(new IceGatherer.Listener() {
                @Override
                public void onError(IceCandidateError error) {
                    errors.add(error);
                }
            });
            gather(a);
            assertEquals(List.of(), a.gatherer.localCandidates());
            assertEquals(401, errors.get(0).errorCode(), errors::toString);
            a.stop();
        } finally {
            coturn.destroy();
            coturn.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitListening(Path folder) {
        LoopCalls.await(
                () -> {
                    try {
                        return Files.readString(folder.resolve("log")).contains("Total General servers");
                    } catch (java.io.IOException e) {
                        return false;
                    }
                },
                () -> "coturn listens");
    }

    private static void gather(Peer peer) throws Exception {
        peer.gather();
        LoopCalls.await(() -> peer.gatherer.state() == IceGathererState.COMPLETE, () -> "complete");
        peer.refreshCandidates();
    }

    private static void exchange(Peer from, Peer to, int number) throws Exception {
        byte[] datagram = new byte[1 + number * 5];
        java.util.Arrays.fill(datagram, (byte) number);
        datagram[0] = 23;
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram, 0, datagram.length);
            from.transport.flush();
        });
        assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS), "number " + number);
    }
}
