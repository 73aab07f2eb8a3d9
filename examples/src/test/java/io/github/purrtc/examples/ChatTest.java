package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two who talk, each at a process. */
@Timeout(240)
class ChatTest {
    private static final String CONNECTED = "Connected. Say something!";
    private static final String GONE = "The other one has gone.";

    private static void talk(Tool a, Tool z) throws Exception {
        for (Tool tool : new Tool[] {a, z}) {
            tool.err.await("connection", CONNECTED::equals);
        }
        a.type("miaow, ä 🐱");
        z.type("woof");
        z.type("");
        z.out.await("the text", "> miaow, ä 🐱"::equals);
        a.out.await("the text", "> woof"::equals);
        a.out.await("the empty line", "> "::equals);
    }

    private static Tool enter(TestServer server, String... room) throws IOException {
        String[] arguments = new String[4 + room.length];
        System.arraycopy(
                new String[] {"chat", "--include-loopback", "--server", String.valueOf(server.signalling())},
                0,
                arguments,
                0,
                4);
        System.arraycopy(room, 0, arguments, 4, room.length);
        return Tool.start(arguments);
    }

    @Test
    void twoTalkByCopyAndPaste() throws Exception {
        try (Tool a = Tool.start("chat", "--include-loopback", "--offer");
                Tool z = Tool.start("chat", "--include-loopback", "--answer")) {
            z.type("purr");
            z.err.await("the reason", line -> line.startsWith("That is no description: not JSON"));
            z.type(a.out.await("offer", line -> line.startsWith("{\"type\":\"offer\"")));
            a.type(z.out.await("answer", line -> line.startsWith("{\"type\":\"answer\"")));
            talk(a, z);
            a.endInput();
            assertEquals(0, a.exitCode());
            z.err.await("the end", GONE::equals);
            assertEquals(0, z.exitCode());
        }
    }

    @Test
    void twoTalkWhoMetInARoom() throws Exception {
        try (TestServer server = TestServer.start();
                Tool a = enter(server, "--room")) {
            String told = a.err.await("room", line -> line.startsWith("In the room "));
            String code = told.replaceAll("In the room (\\S+);.*", "$1");
            a.err.await("the page", line -> line.endsWith(server.page() + "#" + code));
            try (Tool z = enter(server, "--room", code)) {
                talk(a, z);
                a.interrupt();
                assertEquals(0, a.exitCode());
                z.err.await("the end", GONE::equals);
                assertEquals(0, z.exitCode());
            }
        }
    }

    @Test
    void goesOnWithoutTheServer() throws Exception {
        try (TestServer server = TestServer.start();
                Tool a = enter(server, "--room", "cats");
                Tool z = enter(server, "--room", "cats")) {
            for (Tool tool : new Tool[] {a, z}) {
                tool.err.await("connection", CONNECTED::equals);
            }
            server.end();
            talk(a, z);
        }
    }

    @Test
    void saysThatNobodyCanBeMet() throws Exception {
        try (Tool tool = Tool.start("chat", "--server", "ws://127.0.0.1:9/connect", "--room", "cats")) {
            tool.err.await(
                    "the reason", line -> line.startsWith("purrtc chat: no echo server at ws://127.0.0.1:9/connect"));
            assertEquals(1, tool.exitCode());
        }
        try (TestServer server = TestServer.start();
                Tool a = enter(server, "--room", "cats");
                Tool z = enter(server, "--room", "cats")) {
            a.err.await("connection", CONNECTED::equals);
            z.err.await("connection", CONNECTED::equals);
            try (Tool third = enter(server, "--room", "cats")) {
                third.err.await("the reason", "purrtc chat: two are in the room already"::equals);
                assertEquals(1, third.exitCode());
            }
        }
    }
}
