package io.github.purrtc.ice.internal.mdns;

import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Without sockets, in virtual time. */
class MdnsServiceTest {
    private static final String NAME = "1f4712db-ea17-4bcf-a596-105139dfd8bf.local";
    private static final int MOST = 1_000;
    private static final int TIME_TO_LIVE_SECONDS = 120;
    /** Messages for one name: one for IPv4, one for IPv6. */
    private static final int QUESTIONS = 2;

    private final Link link = new Link();
    private final MdnsService service = new MdnsService(link);
    private final List<@Nullable InetAddress> found = new ArrayList<>();

    private static final class Link implements MdnsLink {
        private final List<MdnsMessage> sent = new ArrayList<>();
        private long nowNanos = -TimeUnit.SECONDS.toNanos(1);
        private long deadlineNanos;
        private boolean isDown;

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public boolean open(long nowNanos) {
            return !isDown;
        }

        @Override
        public void send(byte[] message) {
            MdnsMessage decoded = MdnsMessage.decode(Unpooled.wrappedBuffer(message));
            assertNotNull(decoded);
            sent.add(decoded);
        }

        @Override
        public void arm(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }
    }

    private static String name(int number) {
        return "%08x-ea17-4bcf-a596-105139dfd8bf.local".formatted(number);
    }

    private static InetAddress address(int last) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private void tell(String name, InetAddress address, long seconds) {
        service.receive(new MdnsMessage(List.of(), List.of(new MdnsMessage.NamedAddress(name, address, seconds))));
    }

    private void ask(String name) {
        service.receive(new MdnsMessage(List.of(name), List.of()));
    }

    private void pass(long millis) {
        link.nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    @DisplayName(
            "a name is asked for at once, after 300, 1,100 and 2,500 ms; the asker hears after a second that there is no answer, and a late one")
    void looksUp() throws Exception {
        long began = link.nowNanos;
        service.find(NAME, found::add);
        List<Long> asked = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            link.sent.clear();
            int before = found.size();
            link.nowNanos = link.deadlineNanos;
            service.onTimeout();
            long millis = TimeUnit.NANOSECONDS.toMillis(link.nowNanos - began);
            if (link.sent.size() == QUESTIONS) {
                asked.add(millis);
            }
            if (found.size() > before) {
                assertNull(found.get(before));
                told.add(millis);
            }
        }
        assertEquals(List.of(1_000L), told);
        assertEquals(List.of(300L, 1_100L, 2_500L), asked);
        service.find(NAME, found::add);
        assertEquals(2, found.size(), "who comes late is told at once that there is none yet");
        tell(NAME, address(7), TIME_TO_LIVE_SECONDS);
        assertEquals(address(7), found.get(2));
        assertEquals(address(7), found.get(3));
    }

    @Test
    @DisplayName("after four seconds a lookup is forgotten, and there is nothing to wait for")
    void forgetsALookup() throws Exception {
        service.find(NAME, found::add);
        pass(1_000);
        service.onTimeout();
        pass(3_000);
        service.onTimeout();
        assertEquals(Long.MAX_VALUE, link.deadlineNanos);
        tell(NAME, address(7), TIME_TO_LIVE_SECONDS);
        assertEquals(1, found.size());
    }

    @Test
    @DisplayName("a thousand names are looked up at a time; another one is not found at once, and not asked for")
    void lookupsAreBounded() throws Exception {
        for (int i = 0; i < MOST; i++) {
            service.find(name(i), found::add);
        }
        assertEquals(MOST * QUESTIONS, link.sent.size());
        assertTrue(found.isEmpty());
        service.find(NAME, found::add);
        assertEquals(Collections.singletonList(null), found);
        assertEquals(MOST * QUESTIONS, link.sent.size());
        tell(name(3), address(3), TIME_TO_LIVE_SECONDS);
        service.find(NAME, found::add);
        assertEquals((MOST + 1) * QUESTIONS, link.sent.size());
    }

    @Test
    @DisplayName(
            "what is told is known for as long as it says, two minutes at most; a thousand names, then the oldest goes")
    void remembersWhatIsTold() throws Exception {
        tell(NAME, address(7), Integer.MAX_VALUE);
        assertEquals(address(7), known(NAME));
        pass(TIME_TO_LIVE_SECONDS * 1_000 - 1);
        assertEquals(address(7), known(NAME));
        pass(1);
        assertNull(known(NAME));
        tell(NAME, address(7), TIME_TO_LIVE_SECONDS);
        tell(name(0), address(0), TIME_TO_LIVE_SECONDS);
        tell(NAME, address(8), TIME_TO_LIVE_SECONDS);
        for (int i = 1; i < MOST; i++) {
            tell(name(i), address(i), TIME_TO_LIVE_SECONDS);
        }
        assertNull(known(name(0)));
        assertEquals(address(8), known(NAME));
        assertEquals(address(1), known(name(1)));
        tell(NAME, address(8), 0);
        assertNull(known(NAME), "it was taken back");
    }

    @Test
    @DisplayName("what is no random name is not remembered")
    void otherNames() throws Exception {
        tell("printer.local", address(7), TIME_TO_LIVE_SECONDS);
        assertNull(known("printer.local"));
    }

    @Test
    @DisplayName("a name that is published is told, answered ten times a second at most, and taken back")
    void answers() throws Exception {
        assertTrue(service.publish(NAME, address(1)));
        assertEquals(TIME_TO_LIVE_SECONDS, onlySent().timeToLiveSeconds());
        for (int i = 0; i < 1_000; i++) {
            ask(NAME);
        }
        assertTrue(link.sent.isEmpty(), "it was told just now");
        pass(100);
        ask(NAME);
        ask(NAME);
        ask(name(1));
        assertEquals(new MdnsMessage.NamedAddress(NAME, address(1), TIME_TO_LIVE_SECONDS), onlySent());
        pass(99);
        ask(NAME);
        assertTrue(link.sent.isEmpty());
        assertEquals(address(1), known(NAME));
        service.withdraw(NAME);
        assertEquals(0, onlySent().timeToLiveSeconds());
        pass(1_000);
        ask(NAME);
        service.withdraw(NAME);
        assertTrue(link.sent.isEmpty());
    }

    @Test
    @DisplayName("where nobody can be reached nothing is found and nothing published")
    void isDown() throws Exception {
        link.isDown = true;
        assertFalse(service.publish(NAME, address(1)));
        service.find(NAME, found::add);
        assertEquals(Collections.singletonList(null), found);
        assertTrue(link.sent.isEmpty());
    }

    private MdnsMessage.NamedAddress onlySent() {
        assertEquals(1, link.sent.size());
        return link.sent.remove(0).addresses().get(0);
    }

    /** Null if it would have to be asked for. */
    private @Nullable InetAddress known(String name) {
        List<@Nullable InetAddress> told = new ArrayList<>();
        service.find(name, told::add);
        return told.isEmpty() ? null : told.get(0);
    }
}
