package io.github.purrtc.examples;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RouterFlowsTest {
    private static final InetSocketAddress NODE = client(9);

    private final RouterFlows flows = new RouterFlows(20);
    private final List<RouterFlow> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(RouterFlow::close);
    }

    private static InetSocketAddress client(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private RouterFlow add(int client, String node, double seconds) throws IOException {
        RouterFlow flow = RouterFlow.open(client(client), node, NODE, nanos(seconds));
        opened.add(flow);
        flows.add(flow);
        return flow;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void packetsGoToTheNodeThatHasAnswered() throws IOException {
        RouterFlow cat = add(1, "cat", 0);
        assertNull(flows.ofClient(client(1)));
        flows.answered(cat, nanos(0.1));
        assertSame(cat, flows.ofClient(client(1)));
        assertSame(cat, flows.find(client(1), "cat"));
        assertNull(flows.find(client(1), "dog"));
    }

    @Test
    void anotherNodeTakesOverOnlyFromASilentOne() throws IOException {
        RouterFlow cat = add(1, "cat", 0);
        flows.answered(cat, nanos(1));
        RouterFlow dog = add(1, "dog", 2);
        flows.answered(dog, nanos(2.1));
        assertSame(cat, flows.ofClient(client(1)));
        flows.answered(dog, nanos(11.5));
        assertSame(dog, flows.ofClient(client(1)));
    }

    @Test
    void checksThatNobodyAnswersAreFewAndEndSoon() throws IOException {
        add(1, "cat", 0);
        assertTrue(flows.hasRoom(nanos(1)));
        add(2, "cat", 1);
        assertFalse(flows.hasRoom(nanos(2)));
        assertTrue(flows.hasRoom(nanos(3.1)));
        assertNull(flows.find(client(1), "cat"));
        assertEquals(1, flows.size());
    }

    @Test
    void allTogetherAreBoundedAndTheIdleOnesGo() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertTrue(flows.hasRoom(nanos(1)), "client " + i);
            flows.answered(add(i, "cat", 1), nanos(1));
        }
        assertFalse(flows.hasRoom(nanos(60)));
        assertTrue(flows.hasRoom(nanos(62)));
        assertEquals(0, flows.size());
        assertNull(flows.ofClient(client(3)));
    }

    @Test
    void aFlowThatFailedIsForgotten() throws IOException {
        RouterFlow cat = add(1, "cat", 0);
        flows.answered(cat, nanos(1));
        flows.remove(cat);
        flows.remove(cat);
        assertNull(flows.ofClient(client(1)));
        assertEquals(0, flows.size());
        assertTrue(flows.hasRoom(nanos(1)));
    }

    @Test
    void aNodeIsNamedBeforeThePlus() {
        NodeTable nodes = new NodeTable(Map.of("cat", NODE));
        assertEquals("cat", nodes.nameOf("cat+AbCd"));
        assertNull(nodes.nameOf("dog+AbCd"));
        assertNull(nodes.nameOf("cat"));
        assertNull(nodes.nameOf("+AbCd"));
    }
}
