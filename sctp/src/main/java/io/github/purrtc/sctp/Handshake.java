package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.RetryTimer;
import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.CookiePreservativeParameter;
import io.github.purrtc.sctp.packet.CookieReceivedWhileShuttingDownCause;
import io.github.purrtc.sctp.packet.ErrorCause;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.InvalidMandatoryParameterCause;
import io.github.purrtc.sctp.packet.MissingMandatoryParameterCause;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ShutdownAckChunk;
import io.github.purrtc.sctp.packet.StaleCookieCause;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import io.github.purrtc.sctp.tx.RetransmissionTimeout;

import java.util.ArrayList;
import java.util.List;

/** Sets the association up: RFC 9260 §5, the case that both sides begin at once included (§5.2.1, the rule in WebRTC). */
final class Handshake {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MAX_LIFE_EXTENSION_NANOS = 60_000_000_000L;
    private static final int MAX_STALE_COOKIES = 2;

    private final Association association;
    private final SctpOptions options;
    private int staleCookies;

    Handshake(Association association) {
        this.association = association;
        options = association.options;
    }

    /** §5.1 A */
    void connect(long nowNanos) {
        if (association.state instanceof State.Closed) {
            sendInit(SignalledInit.create(options, association.random).init(), nowNanos);
        }
    }

    /** draft-hancke-tsvwg-snap §6: both INITs are known, so there is nothing left to ask. */
    void connect(SignalledInit own, SignalledInit peer, long nowNanos) {
        if (association.state instanceof State.Closed) {
            InitChunk init = own.init();
            Tcb tcb = newTcb(init.initiateTag(), init.initialTsn(), PeerParameters.of(peer.init()));
            tcb.peerIsSilent = true;
            becomeEstablished(tcb, nowNanos);
        }
    }

    void onTimeout(long nowNanos) {
        State state = association.state;
        if (state instanceof State.CookieWait wait && wait.t1Init().expire(nowNanos)) {
            if (wait.t1Init().isExhausted()) {
                association.unreachable("no answer to INIT");
            } else {
                association.outbox.add(wait.init(), 0);
            }
        } else if (state instanceof State.CookieEchoed echoed
                && echoed.t1Cookie().expire(nowNanos)) {
            if (echoed.t1Cookie().isExhausted()) {
                association.unreachable("no answer to COOKIE ECHO");
            } else {
                // What went with the COOKIE ECHO is lost with it.
                echoed.tcb().sender.retransmitAll(nowNanos);
                echoed.tcb().sender.stopTimer();
                association.outbox.add(echoed.cookieEcho(), echoed.tcb().peerTag());
            }
        }
    }

    /** §5.1 B, §5.2.1, §5.2.2: answered from the INIT alone; no state is kept. */
    void handleInit(InitChunk init, long nowNanos) {
        if (init.initiateTag() == 0) {
            association.onMalformed();
            return;
        }
        State state = association.state;
        if (state instanceof State.ShutdownAckSent shuttingDown) {
            // §9.2
            association.outbox.add(new ShutdownAckChunk(), shuttingDown.tcb().peerTag());
            return;
        }
        PeerParameters peer = PeerParameters.of(init);
        if (!peer.isUsable()) {
            reject(init.initiateTag(), new InvalidMandatoryParameterCause());
            return;
        }
        StateCookie cookie = cookieFor(peer, init, nowNanos);
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new StateCookieParameter(association.cookies.seal(cookie)));
        parameters.addAll(Capabilities.announcement(options));
        UnrecognizedParameters unrecognized = UnrecognizedParameters.of(init.parameters());
        parameters.addAll(unrecognized.forInitAck(options.basePacketSize() / 2));
        association.outbox.add(ownInitAck(cookie, parameters), init.initiateTag());
    }

    private StateCookie cookieFor(PeerParameters peer, InitChunk init, long nowNanos) {
        long life = options.validCookieLifeNanos() + lifeExtension(init);
        if (association.state instanceof State.CookieWait wait) {
            // §5.2.1: the same parameters as in our own INIT.
            return new StateCookie(
                    nowNanos, life, wait.init().initiateTag(), wait.init().initialTsn(), 0, 0, peer);
        }
        Tcb tcb = association.tcb();
        if (tcb != null && (association.state instanceof State.CookieEchoed || isOnlySignalled(tcb))) {
            return new StateCookie(nowNanos, life, tcb.ownTag, tcb.ownInitialTsn, tcb.ownTag, tcb.peerTag(), peer);
        }
        int newTag = Association.newTag(association.random);
        int newTsn = association.random.nextInt();
        return tcb == null
                ? new StateCookie(nowNanos, life, newTag, newTsn, 0, 0, peer)
                : new StateCookie(nowNanos, life, newTag, newTsn, tcb.ownTag, tcb.peerTag(), peer);
    }

    /** Whether the peer is known by signalling alone. If it goes through the handshake all the same, that is the beginning, no restart. */
    private boolean isOnlySignalled(Tcb tcb) {
        return association.state instanceof State.Established && tcb.peerIsSilent;
    }

    private static long lifeExtension(InitChunk init) {
        CookiePreservativeParameter wanted = Parameter.first(CookiePreservativeParameter.class, init.parameters());
        return wanted == null
                ? 0
                : Math.min(wanted.lifeSpanIncrementMillis() * NANOS_PER_MILLI, MAX_LIFE_EXTENSION_NANOS);
    }

    private void reject(int tag, ErrorCause cause) {
        association.onDropped();
        association.outbox.add(new AbortChunk(false, List.of(cause)), tag);
    }

    /** §5.1 C; §5.2.3: in any other state it is late, and dropped. */
    void handleInitAck(InitAckChunk initAck, long nowNanos) {
        if (!(association.state instanceof State.CookieWait wait)) {
            association.onDropped();
            return;
        }
        PeerParameters peer = PeerParameters.of(initAck);
        if (peer.tag() == 0) {
            association.end(new SctpEvent.Aborted(AbortOrigin.PROTOCOL_VIOLATION, 0, "INIT ACK with a tag of 0"));
            return;
        }
        if (!peer.isUsable()) {
            fail(peer, new InvalidMandatoryParameterCause(), "INIT ACK without streams or window");
            return;
        }
        StateCookieParameter cookie = Parameter.first(StateCookieParameter.class, initAck.parameters());
        if (cookie == null) {
            fail(
                    peer,
                    new MissingMandatoryParameterCause(List.of(StateCookieParameter.TYPE)),
                    "INIT ACK without a State Cookie");
            return;
        }
        echoCookie(wait, peer, cookie.cookie(), initAck.parameters(), nowNanos);
    }

    private void echoCookie(
            State.CookieWait wait, PeerParameters peer, Bytes cookie, List<Parameter> parameters, long nowNanos) {
        CookieEchoChunk cookieEcho = new CookieEchoChunk(cookie);
        if (cookieEcho.length() > options.basePacketSize() / 2) {
            fail(peer, new InvalidMandatoryParameterCause(), "a State Cookie too large to be echoed");
            return;
        }
        InitChunk init = wait.init();
        Tcb tcb = newTcb(init.initiateTag(), init.initialTsn(), peer);
        if (staleCookies == 0) {
            // §6.3.1 C2: a first measurement, of which the timer of the data can make use.
            tcb.timeout.observe(wait.t1Init().roundTripNanos(nowNanos));
        }
        association.state = new State.CookieEchoed(tcb, init, cookieEcho, t1(nowNanos));
        association.outbox.add(cookieEcho, tcb.peerTag());
        // §3.2.2
        List<ErrorCause> causes = UnrecognizedParameters.of(parameters).forError(options.basePacketSize() / 4);
        if (!causes.isEmpty()) {
            association.outbox.add(new ErrorChunk(causes), tcb.peerTag());
        }
    }

    private void fail(PeerParameters peer, ErrorCause cause, String reason) {
        association.outbox.add(new AbortChunk(false, List.of(cause)), peer.tag());
        association.end(new SctpEvent.Aborted(AbortOrigin.PROTOCOL_VIOLATION, cause.type(), reason));
    }

    /** §5.1.5, §5.2.4; true when the packet belongs to the association, and what is bundled may be read. */
    boolean handleCookieEcho(CookieEchoChunk cookieEcho, int verificationTag, long nowNanos) {
        StateCookie cookie = association.cookies.open(cookieEcho.cookie());
        if (cookie == null || association.isEnded() || cookie.ownTag() != verificationTag) {
            association.onDropped();
            return false;
        }
        Tcb tcb = association.tcb();
        boolean current = tcb != null
                && tcb.ownTag == cookie.ownTag()
                && tcb.peerTag() == cookie.peer().tag();
        long staleNanos = nowNanos - cookie.createdAtNanos() - cookie.lifeNanos();
        if (staleNanos > 0 && !current) {
            ErrorCause stale = new StaleCookieCause(Math.min(staleNanos / 1000, 0xFFFF_FFFFL));
            association.outbox.add(new ErrorChunk(List.of(stale)), cookie.peer().tag());
            return false;
        }
        if (association.state instanceof State.CookieWait wait) {
            // §5.2.4 B: our own INIT crossed the peer's.
            if (wait.init().initiateTag() != cookie.ownTag()) {
                association.onDropped();
                return false;
            }
            accept(cookie, nowNanos);
            return true;
        }
        if (tcb == null) {
            accept(cookie, nowNanos);
            return true;
        }
        return handleUnexpectedCookie(tcb, cookie, nowNanos);
    }

    /** The table of §5.2.4, by its rows. */
    private boolean handleUnexpectedCookie(Tcb tcb, StateCookie cookie, long nowNanos) {
        boolean own = tcb.ownTag == cookie.ownTag();
        boolean peer = tcb.peerTag() == cookie.peer().tag();
        boolean tied = tcb.ownTag == cookie.ownTieTag() && tcb.peerTag() == cookie.peerTieTag();
        if (own && isOnlySignalled(tcb)) {
            tcb.streamReset.cancel(association);
            tcb.sender.requeueAll();
            accept(cookie, nowNanos);
            return true;
        }
        if (own && peer) {
            // D: our COOKIE ACK was lost, or our own COOKIE ECHO is still on its way.
            association.outbox.add(new CookieAckChunk(), tcb.peerTag());
            establish(nowNanos);
            return true;
        }
        if (own) {
            // B: the peer answered our INIT before it knew of its own.
            if (association.state instanceof State.CookieEchoed) {
                tcb.sender.requeueAll();
                accept(cookie, nowNanos);
            } else {
                tcb.setPeerTag(cookie.peer().tag());
                association.outbox.add(new CookieAckChunk(), tcb.peerTag());
            }
            return true;
        }
        if (!peer && tied) {
            return restart(tcb, cookie, nowNanos);
        }
        // C, and all the table does not name
        association.onDropped();
        return false;
    }

    /** §5.2.4 A */
    private boolean restart(Tcb tcb, StateCookie cookie, long nowNanos) {
        if (association.state instanceof State.ShutdownAckSent) {
            association.outbox.add(new ShutdownAckChunk(), tcb.peerTag());
            association.sendError(tcb, new CookieReceivedWhileShuttingDownCause());
            return false;
        }
        tcb.sender.requeueAll();
        tcb.streamReset.cancel(association);
        tcb.receiver.releaseWindow();
        Tcb fresh = newTcb(cookie.ownTag(), cookie.ownInitialTsn(), cookie.peer());
        fresh.receiver.reassembly().adoptReady(tcb.receiver.reassembly());
        association.outbox.add(new CookieAckChunk(), fresh.peerTag());
        association.state = new State.Established(fresh);
        fresh.heartbeat.postpone(nowNanos);
        association.events.add(new SctpEvent.Restarted());
        association.sendQueue.dropUngranted();
        return true;
    }

    /** §5.1 D */
    private void accept(StateCookie cookie, long nowNanos) {
        Tcb tcb = newTcb(cookie.ownTag(), cookie.ownInitialTsn(), cookie.peer());
        association.outbox.clear();
        association.outbox.add(new CookieAckChunk(), tcb.peerTag());
        measure(tcb, cookie, nowNanos);
        becomeEstablished(tcb, nowNanos);
    }

    /** §6.3.1 C2: from INIT ACK to COOKIE ECHO, where it cannot have been sent again meanwhile. */
    private void measure(Tcb tcb, StateCookie cookie, long nowNanos) {
        long roundTripNanos = nowNanos - cookie.createdAtNanos();
        if (tcb.timeout.srttNanos() == 0 && roundTripNanos < options.rtoInitialNanos()) {
            tcb.timeout.observe(roundTripNanos);
        }
    }

    /** §5.1 E; §5.2.5: in any other state it is late, and dropped. */
    void handleCookieAck(long nowNanos) {
        if (!establish(nowNanos)) {
            association.onDropped();
        }
    }

    private boolean establish(long nowNanos) {
        if (association.state instanceof State.CookieEchoed echoed) {
            becomeEstablished(echoed.tcb(), nowNanos);
            return true;
        }
        return false;
    }

    private void becomeEstablished(Tcb tcb, long nowNanos) {
        association.state = new State.Established(tcb);
        tcb.sender.restartT3(nowNanos);
        tcb.heartbeat.postpone(nowNanos);
        association.events.add(new SctpEvent.Connected(tcb.outboundStreams, tcb.inboundStreams));
        association.sendQueue.dropUngranted();
    }

    /** §5.2.6: the cookie took too long; another INIT asks for one that lives longer. */
    void handleStaleCookie(StaleCookieCause cause, long nowNanos) {
        if (!(association.state instanceof State.CookieEchoed echoed)) {
            return;
        }
        if (++staleCookies > MAX_STALE_COOKIES) {
            association.unreachable("the peer's cookies are stale when they get back");
            return;
        }
        echoed.tcb().sender.requeueAll();
        List<Parameter> parameters = new ArrayList<>(Capabilities.announcement(options));
        long extensionMillis =
                Math.min(2 * cause.stalenessMicros() / 1000 + 1, MAX_LIFE_EXTENSION_NANOS / NANOS_PER_MILLI);
        parameters.add(new CookiePreservativeParameter(extensionMillis));
        InitChunk init = echoed.init();
        association.outbox.clear();
        sendInit(ownInit(options, init.initiateTag(), init.initialTsn(), List.copyOf(parameters)), nowNanos);
    }

    private void sendInit(InitChunk init, long nowNanos) {
        association.state = new State.CookieWait(init, t1(nowNanos));
        association.outbox.add(init, 0);
    }

    private RetryTimer t1(long nowNanos) {
        long timeout = initialTimeout();
        long most = RetransmissionTimeout.mostBackedOff(timeout, options.maxRtoBackoff(), options.rtoMaxNanos());
        return new RetryTimer(nowNanos, timeout, most, options.maxInitRetransmits());
    }

    /** §6.3.1 C2, without allowance for delayed acknowledgements: INIT and COOKIE ECHO are answered at once. */
    private long initialTimeout() {
        long expected = association.roundTripNanos;
        return expected < 0
                ? options.rtoInitialNanos()
                : Math.min(options.rtoMaxNanos(), Math.max(options.rtoMinNanos(), 3 * expected));
    }

    static InitChunk ownInit(SctpOptions options, int tag, int initialTsn, List<Parameter> parameters) {
        return new InitChunk(
                tag,
                options.receiveWindow(),
                options.outboundStreams(),
                options.inboundStreams(),
                initialTsn,
                parameters);
    }

    private InitAckChunk ownInitAck(StateCookie cookie, List<Parameter> parameters) {
        return new InitAckChunk(
                cookie.ownTag(),
                options.receiveWindow(),
                options.outboundStreams(),
                options.inboundStreams(),
                cookie.ownInitialTsn(),
                List.copyOf(parameters));
    }

    private Tcb newTcb(int ownTag, int ownInitialTsn, PeerParameters peer) {
        Tcb tcb = new Tcb(
                options,
                association.random,
                association.sendQueue,
                ownTag,
                ownInitialTsn,
                peer,
                association.partStreams);
        tcb.timeout.observe(association.roundTripNanos);
        return tcb;
    }
}
