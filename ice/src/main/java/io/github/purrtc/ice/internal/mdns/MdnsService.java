package io.github.purrtc.ice.internal.mdns;

import io.github.purrtc.ice.LoopTimer;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.ice.internal.net.LoopSockets;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks up and answers for names on the link, for all connections of a network: one set of sockets, on one loop, opened when
 * first needed. To be used on that loop.
 */
public final class MdnsService {
    /** How long a lookup holds its asker up at most. */
    private static final long LOOKUP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A responder keeps quiet for a second after it has told a name (RFC 6762 §6), which it does when it makes one: so the question
     * is asked again later, and a late answer is still told.
     */
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final long[] REPEATS_NANOS = {
        TimeUnit.MILLISECONDS.toNanos(300), TimeUnit.MILLISECONDS.toNanos(1_100), TimeUnit.MILLISECONDS.toNanos(2_500)
    };
    private static final long LEAST_ANSWER_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TIME_TO_LIVE_SECONDS = 120;
    private static final int MOST_LOOKUPS = 1_000;
    private static final int MOST_KNOWN = 1_000;

    private static final class Lookup {
        final List<Consumer<@Nullable InetAddress>> askers = new ArrayList<>(1);
        final long beginsNanos;
        int repeats;
        boolean isLate;

        Lookup(long now) {
            beginsNanos = now;
        }

        long repeatsNanos() {
            return beginsNanos + (repeats < REPEATS_NANOS.length ? REPEATS_NANOS[repeats] : LATE_NANOS);
        }

        /** When the askers are told that there is no answer yet, then when they are forgotten. */
        long endsNanos() {
            return beginsNanos + (isLate ? LATE_NANOS : LOOKUP_NANOS);
        }
    }

    private static final class Published {
        final InetAddress address;
        long answeredNanos;

        Published(InetAddress address, long answeredNanos) {
            this.address = address;
            this.answeredNanos = answeredNanos;
        }
    }

    /** What somebody on the link has told, asked or not. */
    private record Known(InetAddress address, long untilNanos) {}

    private final MdnsLink link;
    private final Map<String, Lookup> lookups = new HashMap<>();
    private final Map<String, Published> published = new HashMap<>();
    private final Map<String, Known> known = new LinkedHashMap<>();

    public MdnsService(NetworkLoop loop, LoopSockets loopSockets) {
        MdnsSockets sockets = new MdnsSockets(loopSockets, this::receive);
        LoopTimer timer = loop.newTimer(this::onTimeout);
        link = new MdnsLink() {
            @Override
            public long nanoTime() {
                return loop.nanoTime();
            }

            @Override
            public boolean open(long nowNanos) {
                return sockets.open(nowNanos);
            }

            @Override
            public void send(byte[] message) {
                sockets.send(message);
            }

            @Override
            public void arm(long deadlineNanos) {
                timer.arm(deadlineNanos);
            }
        };
    }

    /** @param link which tells {@link #receive} and {@link #onTimeout} what happens */
    MdnsService(MdnsLink link) {
        this.link = link;
    }

    /**
     * Asks for the address of a name.
     *
     * @param found told the address, or null if nobody has answered within a second; then perhaps the address later
     */
    public void find(String name, Consumer<@Nullable InetAddress> found) {
        String wanted = LinkName.canonical(name);
        Published own = published.get(wanted);
        if (own != null) {
            found.accept(own.address);
            return;
        }
        long now = link.nanoTime();
        Known heard = known.get(wanted);
        if (heard != null && now - heard.untilNanos < 0) {
            found.accept(heard.address);
            return;
        }
        Lookup lookup = lookups.get(wanted);
        if (lookup == null) {
            if (lookups.size() >= MOST_LOOKUPS || !link.open(now)) {
                found.accept(null);
                return;
            }
            lookup = new Lookup(now);
            lookups.put(wanted, lookup);
            MdnsMessage.questions(wanted).forEach(link::send);
            arm();
        }
        lookup.askers.add(found);
        if (lookup.isLate) {
            found.accept(null);
        }
    }

    /**
     * Lets the name stand for the address until {@link #withdraw}.
     *
     * @return false if nobody can be told
     */
    public boolean publish(String name, InetAddress address) {
        long now = link.nanoTime();
        if (!link.open(now)) {
            return false;
        }
        published.put(LinkName.canonical(name), new Published(address, now));
        link.send(MdnsMessage.answer(name, address, TIME_TO_LIVE_SECONDS));
        return true;
    }

    public void withdraw(String name) {
        Published gone = published.remove(LinkName.canonical(name));
        if (gone != null) {
            link.send(MdnsMessage.answer(name, gone.address, 0));
        }
    }

    void receive(MdnsMessage message) {
        long now = link.nanoTime();
        for (String name : message.asked()) {
            Published own = published.get(name);
            if (own != null && now - own.answeredNanos >= LEAST_ANSWER_INTERVAL_NANOS) {
                own.answeredNanos = now;
                link.send(MdnsMessage.answer(name, own.address, TIME_TO_LIVE_SECONDS));
            }
        }
        for (MdnsMessage.NamedAddress each : message.addresses()) {
            if (LinkName.isOne(each.name())) {
                heard(each, now);
            }
        }
    }

    /** RFC 6762 §10: for as long as it says, so that the next connection with that peer need not ask. */
    private void heard(MdnsMessage.NamedAddress each, long now) {
        known.remove(each.name());
        long seconds = Math.min(each.timeToLiveSeconds(), TIME_TO_LIVE_SECONDS);
        if (seconds > 0) {
            if (known.size() >= MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
            known.put(each.name(), new Known(each.address(), now + TimeUnit.SECONDS.toNanos(seconds)));
            Lookup lookup = lookups.remove(each.name());
            if (lookup != null) {
                lookup.askers.forEach(asker -> asker.accept(each.address()));
            }
        }
    }

    void onTimeout() {
        long now = link.nanoTime();
        List<Lookup> unanswered = new ArrayList<>();
        lookups.values().removeIf(lookup -> lookup.isLate && lookup.endsNanos() - now <= 0);
        lookups.forEach((name, lookup) -> {
            if (!lookup.isLate && lookup.endsNanos() - now <= 0) {
                lookup.isLate = true;
                unanswered.add(lookup);
            }
            if (lookup.repeatsNanos() - now <= 0) {
                lookup.repeats++;
                MdnsMessage.questions(name).forEach(link::send);
            }
        });
        unanswered.forEach(lookup -> lookup.askers.forEach(asker -> asker.accept(null)));
        arm();
    }

    private void arm() {
        long next = Long.MAX_VALUE;
        for (Lookup lookup : lookups.values()) {
            next = Math.min(next, Math.min(lookup.repeatsNanos(), lookup.endsNanos()));
        }
        link.arm(next);
    }
}
