package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Three nodes and the router before them, each a process. The pages know the router's port, and the nodes no page's. */
@Timeout(120)
class RouterTest {
    private static final List<String> NAMES = List.of("cat", "dog", "bear");

    private final List<Tool> tools = new ArrayList<>();
    private final List<JavaPage> pages = new ArrayList<>();

    /** A node's process and where to call it. */
    private record Node(Tool tool, URI signalling) {}

    /** A page with its channel open. */
    private record Connected(JavaPage page, DataChannel channel) {
        void echo(String text) throws Exception {
            channel.send(text);
            assertEquals(text, page.awaitEcho().text());
        }
    }

    @AfterEach
    void endAll() {
        pages.forEach(JavaPage::close);
        tools.forEach(Tool::close);
    }

    @Test
    void oneNodeIsKilledAndTheOthersGoOn() throws Exception {
        List<Integer> ports = List.of(freePort(), freePort(), freePort());
        int router = freePort();
        Tool routing = startRouter(router, ports);
        List<Tool> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            started.add(startNode(NAMES.get(i), ports.get(i), router));
        }
        awaitRouter(routing);
        List<Node> nodes = new ArrayList<>();
        for (Tool tool : started) {
            nodes.add(awaitNode(tool));
        }
        List<Connected> connected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            connected.add(connect(nodes.get(i % 3), router));
        }
        for (int i = 0; i < 6; i++) {
            connected.get(i).echo("meow " + i);
        }
        nodes.get(1).tool.close();
        for (int i : List.of(0, 2, 3, 5)) {
            connected.get(i).echo("still here " + i);
        }
        connect(nodes.get(0), router).echo("a new one");
        connected.get(1).channel.send("is anybody there?");
        Node again = awaitNode(startNode(NAMES.get(1), ports.get(1), router));
        connect(again, router).echo("back again");
        assertNull(connected.get(1).page.echoes.poll());
        for (int i : List.of(0, 2, 3, 5)) {
            connected.get(i).echo("and after " + i);
        }
    }

    @Test
    void theRouterMayBeStartedAnew() throws Exception {
        List<Integer> ports = List.of(freePort(), freePort(), freePort());
        int router = freePort();
        Tool routing = startRouter(router, ports);
        Node node = awaitNode(startNode(NAMES.get(0), ports.get(0), router));
        awaitRouter(routing);
        Connected page = connect(node, router);
        page.echo("before");
        routing.close();
        assertTrue(routing.exitCode() != 0);
        awaitRouter(startRouter(router, ports));
        page.echo("after");
    }

    private Tool startRouter(int port, List<Integer> nodePorts) throws Exception {
        Tool router = Tool.start(
                "route",
                "--listen",
                "127.0.0.1:" + port,
                "--node",
                "cat=127.0.0.1:" + nodePorts.get(0),
                "--node",
                "dog=127.0.0.1:" + nodePorts.get(1),
                "--node",
                "bear=127.0.0.1:" + nodePorts.get(2));
        tools.add(router);
        return router;
    }

    private static void awaitRouter(Tool router) throws Exception {
        router.out.await("address", line -> line.contains("Routing on 127.0.0.1:"));
    }

    private Tool startNode(String name, int port, int router) throws Exception {
        Tool tool = Tool.start(
                "echo",
                "--port",
                "0",
                "--include-loopback",
                "--udp-port",
                String.valueOf(port),
                "--node",
                name,
                "--public-address",
                "127.0.0.1:" + router);
        tools.add(tool);
        return tool;
    }

    private static Node awaitNode(Tool tool) throws Exception {
        String told = tool.out.await("address", line -> line.contains("The echo page is at http://127.0.0.1:"));
        return new Node(tool, URI.create(told.replaceAll(".*http(://\\S+)/ .*", "ws$1/connect")));
    }

    private Connected connect(Node node, int router) throws Exception {
        JavaPage page = JavaPage.openHidden(node.signalling);
        pages.add(page);
        DataChannel channel = page.connect();
        String offer = page.connection.remoteDescription().sdp();
        assertTrue(offer.contains(" 127.0.0.1 " + router + " typ host"), offer);
        assertEquals(1, offer.split("a=candidate:", -1).length - 1, offer);
        return new Connected(page, channel);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
