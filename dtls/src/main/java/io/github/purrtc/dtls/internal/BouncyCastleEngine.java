package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTimer;
import org.bouncycastle.tls.AbstractTlsPeer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSRecordCallback;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * DTLS 1.2 by Bouncy Castle. The handshake blocks and runs on a thread of an executor; before and after it, everything
 * happens on the loop.
 */
public final class BouncyCastleEngine implements DtlsEngine {
    private static final Logger LOG = LoggerFactory.getLogger(BouncyCastleEngine.class);

    // Application data that overtakes the peer's Finished: an INIT or two, and some repeats.
    private static final int MAX_EARLY_RECORDS = 64;
    private static final int MAX_EARLY_BYTES = 7 * 1024;

    /** 8 ms of packets of 1,200 bytes at 5 Gbit/s: what the queues of a path's parts may differ by. */
    private static final int REPLAY_WINDOW_SIZE = 4096;

    /** Bouncy Castle wants a place for the application data that it is not given. */
    private static final byte[] NO_PLAINTEXT = new byte[1];

    private enum Phase {
        HANDSHAKE,
        CONNECTED,
        ENDED
    }

    private final Host host;
    private final Executor loop;
    private final Executor handshakes;
    private final PeerPolicy policy;
    private final AbstractTlsPeer peer;
    private final RecordQueue queue = new RecordQueue();
    private final RecordPort port;
    private final HeldBack early = new HeldBack(MAX_EARLY_RECORDS, MAX_EARLY_BYTES);
    private final DTLSRecordCallback accepted = flags -> recordAccepted = true;

    private Phase phase = Phase.HANDSHAKE;
    private @Nullable HandshakeGuard guard;
    private @Nullable DTLSTransport transport;
    private @Nullable RecordCipher cipher;
    private final ReplayWindow replayWindow = new ReplayWindow(REPLAY_WINDOW_SIZE);
    /** Decided between the thread of the handshake and the deadline for its beginning. */
    private final AtomicBoolean begun = new AtomicBoolean();

    private final DtlsTimer timer;
    private final int handshakeTimeoutMillis;
    private Runnable cancelDeadline = () -> {};
    private boolean threadIsTaken;
    private boolean recordAccepted;
    private long discarded;

    public BouncyCastleEngine(EngineSettings settings, Executor loop, DtlsTimer timer, Executor handshakes, Host host) {
        this.host = host;
        this.loop = loop;
        this.timer = timer;
        this.handshakes = handshakes;
        this.policy = new PeerPolicy(settings);
        this.peer = settings.role() == DtlsRole.SERVER ? new ServerPeer(policy) : new ClientPeer(policy);
        this.port = new RecordPort(host, loop, queue, settings, policy.crypto);
        this.handshakeTimeoutMillis = settings.options().handshakeTimeoutMillis();
        this.guard = new HandshakeGuard(settings.role(), new Inbound());
    }

    @Override
    public long discardedRecords() {
        return discarded + (guard == null ? 0 : guard.discarded());
    }

    // The handshake.

    @Override
    public void start() {
        cancelDeadline = timer.after(handshakeTimeoutMillis, this::onDeadline);
        if (peer instanceof ClientPeer) {
            takeThread();
        }
    }

    /** A thread is taken when there is something to do on it: for a server, when the peer has begun. */
    private void takeThread() {
        if (threadIsTaken) {
            return;
        }
        threadIsTaken = true;
        try {
            handshakes.execute(this::handshake);
        } catch (RejectedExecutionException e) {
            end();
            host.failed(new DtlsException("no thread for the handshake", null, e));
        }
    }

    /** A handshake that has begun ends by itself. */
    private void onDeadline() {
        if (phase == Phase.HANDSHAKE && begun.compareAndSet(false, true)) {
            end();
            host.failed(new DtlsException("the handshake took too long to begin", null, null));
        }
    }

    /** On a thread of its own. */
    private void handshake() {
        if (queue.isClosed() || !begun.compareAndSet(false, true)) {
            return;
        }
        port.beginHandshake();
        Runnable outcome = shakeHands();
        List<byte[]> lastFlight = port.endHandshake();
        try {
            loop.execute(() -> {
                port.writeFlight(lastFlight);
                outcome.run(); // which may have more to send, in the same burst
                if (!lastFlight.isEmpty()) {
                    host.flush();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has ended, the handshake's outcome is lost");
        }
    }

    /** Gives what is to become of it on the loop. */
    private Runnable shakeHands() {
        try {
            DTLSTransport result = connect();
            return () -> connected(result);
        } catch (Throwable e) {
            // StackOverflowError included: a certificate may be nested as deep as its sender likes.
            return () -> failed(e);
        }
    }

    private DTLSTransport connect() throws IOException {
        if (peer instanceof ServerPeer server) {
            return new DTLSServerProtocol().accept(server, port);
        }
        return new DTLSClientProtocol().connect((ClientPeer) peer, port);
    }

    private void connected(DTLSTransport result) {
        DtlsSession agreed = policy.session();
        if (phase != Phase.HANDSHAKE || agreed == null) {
            return;
        }
        phase = Phase.CONNECTED;
        cancelDeadline.run();
        transport = result;
        cipher = policy.crypto.recordCipher();
        host.connected(agreed);
        dropGuard();
        for (byte[] record = queue.poll(); record != null; record = queue.poll()) {
            // Of what came behind the handshake an alert alone is of interest.
            record(ByteBuffer.wrap(record), 0, record.length);
        }
        for (byte[] record = early.poll(); record != null; record = early.poll()) {
            encryptedRecord(ByteBuffer.wrap(record), 0, record.length);
        }
    }

    private void failed(Throwable cause) {
        if (phase == Phase.ENDED) {
            return;
        }
        end();
        if (policy.peerClosed()) {
            host.closed();
        } else {
            host.failed(policy.describe(cause));
        }
    }

    // Records that come in.

    @Override
    public void receive(ByteBuffer datagram) {
        int position = datagram.position();
        int limit = datagram.limit();
        while (position < limit && phase != Phase.ENDED) {
            int body = position + Records.HEADER_LENGTH;
            int end = body > limit ? Integer.MAX_VALUE : body + Records.fragmentLength(datagram, position);
            if (end > limit) {
                discarded++;
                return;
            }
            record(datagram, position, end - position);
            position = end;
        }
    }

    private void record(ByteBuffer datagram, int position, int length) {
        int epoch = Records.epoch(datagram, position);
        if (!Records.isDtls(datagram, position) || length > Records.HEADER_LENGTH + Records.MAX_FRAGMENT || epoch > 1) {
            discarded++;
        } else if (epoch == 0) {
            plaintextRecord(datagram, position);
        } else if (phase == Phase.CONNECTED) {
            encryptedRecord(datagram, position, length);
        } else if (Records.type(datagram, position) == Records.APPLICATION_DATA) {
            // Bouncy Castle would drop it before the peer's Finished.
            discarded += early.add(datagram, position, length) ? 0 : 1;
        } else if (guard != null) {
            guard.encrypted(datagram, position);
        }
    }

    /** After the handshake nothing that is not authenticated is of interest. */
    private void plaintextRecord(ByteBuffer datagram, int position) {
        if (guard == null) {
            discarded++;
        } else {
            guard.plaintext(datagram, position);
        }
    }

    private void encryptedRecord(ByteBuffer datagram, int position, int length) {
        long sequenceNumber = Records.sequenceNumber(datagram, position);
        boolean taken = false;
        if (replayWindow.isNew(sequenceNumber)) {
            taken = switch (Records.type(datagram, position)) {
                case Records.APPLICATION_DATA -> applicationData(datagram, position, length, sequenceNumber);
                case Records.ALERT -> alert(datagram, position, length, sequenceNumber);
                case Records.HANDSHAKE -> finishedAgain(datagram, position, length, sequenceNumber);
                default -> false;
            };
        }
        if (!taken) {
            discarded++;
        }
    }

    /** Not by Bouncy Castle, whose replay window is narrow, and which would copy and allocate. */
    private boolean applicationData(ByteBuffer datagram, int position, int length, long sequenceNumber) {
        RecordCipher records = cipher;
        RecordBuffers buffers = RecordBuffers.ofThisThread();
        int decrypted = records == null ? -1 : records.open(buffers, datagram, position, length);
        if (records == null || decrypted < 0 || decrypted > Records.MAX_PLAINTEXT) {
            return false;
        }
        replayWindow.add(sequenceNumber);
        // The peer has seen our Finished: nothing of the handshake is sent again.
        port.forgetFlight();
        if (decrypted > 0) {
            ByteBuffer plaintext = buffers.takeOpened();
            host.applicationData(plaintext.limit(decrypted).position(0));
            buffers.giveBack(plaintext);
        }
        return true;
    }

    private boolean alert(ByteBuffer datagram, int position, int length, long sequenceNumber) {
        boolean taken = feed(datagram, position, length);
        if (taken) {
            replayWindow.add(sequenceNumber);
        }
        return taken;
    }

    /**
     * RFC 6347 §4.2.4: whoever sends the last flight answers the peer's with it. The client's Finished is enough to do so, as it
     * is authenticated; Bouncy Castle would wait for the whole of its flight, which a bad path seldom lets through.
     */
    private boolean finishedAgain(ByteBuffer datagram, int position, int length, long sequenceNumber) {
        RecordCipher records = cipher;
        if (records == null
                || peer instanceof ClientPeer
                || records.open(RecordBuffers.ofThisThread(), datagram, position, length) < 0) {
            return false;
        }
        replayWindow.add(sequenceNumber);
        port.sendFlightAgain();
        return true;
    }

    /** Hands Bouncy Castle one record that holds no application data. @return whether it was the peer's */
    private boolean feed(ByteBuffer source, int position, int length) {
        if (transport == null || phase != Phase.CONNECTED) {
            return true;
        }
        port.putAtHand(source, position, length);
        recordAccepted = false;
        try {
            transport.receive(NO_PLAINTEXT, 0, NO_PLAINTEXT.length, 0, accepted);
        } catch (InterruptedIOException e) {
            // The record held no application data.
        } catch (IOException | RuntimeException e) {
            ended(e);
            return true;
        } finally {
            port.clearAtHand();
        }
        answered();
        return recordAccepted;
    }

    private void answered() {
        if (port.takeWritten()) {
            host.flush();
        }
        if (policy.peerClosed()) {
            end();
            host.closed();
        }
    }

    private void ended(Exception cause) {
        if (port.takeWritten()) {
            host.flush();
        }
        failed(cause);
    }

    // What goes out.

    @Override
    public void send(byte[] buffer, int offset, int length) {
        RecordCipher records = cipher;
        if (records == null || phase != Phase.CONNECTED) {
            return;
        }
        try {
            RecordBuffers buffers = RecordBuffers.ofThisThread();
            int recordLength = records.seal(buffers, Records.APPLICATION_DATA, buffer, offset, length);
            port.write(buffers.sealed(recordLength), 0, recordLength);
        } catch (GeneralSecurityException e) {
            ended(e);
        }
    }

    @Override
    public void close() {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        try {
            // Before the handshake's thread learns of it, which would say internal_error instead.
            if (transport == null) {
                peer.cancel();
            } else {
                transport.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("close_notify was not sent", e);
        }
        end();
        if (port.takeWritten()) {
            host.flush();
        }
    }

    /** What the guard lets through. */
    private final class Inbound implements HandshakeGuard.Sink {
        @Override
        public boolean hasRoom(int records, int bytes) {
            return queue.hasRoom(records, bytes);
        }

        @Override
        public void accept(byte[] record) {
            queue.accept(record);
            takeThread();
        }
    }

    private void dropGuard() {
        if (guard != null) {
            discarded += guard.discarded();
            guard = null;
        }
    }

    private void end() {
        phase = Phase.ENDED;
        transport = null;
        cipher = null;
        dropGuard();
        early.clear();
        queue.close();
        port.forgetFlight();
        cancelDeadline.run();
    }
}
