package io.github.purrtc.interop;

import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.interop.Kind.Opened;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Agents that are processes with lines of JSON, and this library in this process. */
final class Processes {
    private Processes() {}

    static Opened open(String name, List<String> command) throws IOException, InterruptedException {
        Child child = Child.start(command);
        Peer peer = new Peer(name);
        peer.attach(new Link() {
            @Override
            public void send(String line) {
                child.say(line);
            }

            @Override
            public void kill() {
                child.close();
            }
        });
        child.onEnd(peer::end);
        child.read(peer::hear);
        return greeted(peer);
    }

    /** This library, here. */
    static Peer here() throws IOException, InterruptedException {
        Peer peer = new Peer("we");
        Agent agent = new Agent(peer::hear);
        peer.attach(new Link() {
            @Override
            public void send(String line) {
                agent.hear(Json.read(line));
            }

            @Override
            public void kill() {
                agent.close();
            }
        });
        return greeted(peer).peer();
    }

    private static Opened greeted(Peer peer) throws IOException, InterruptedException {
        return new Opened(
                peer, peer.await("hello", line -> true).path("version").asText());
    }

    /** The command line of a JVM like this one. */
    static List<String> java(Class<?> program, String argument) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                argument);
    }
}
