package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where Bouncy Castle takes records from and hands records to.
 *
 * <p>On the thread of the handshake it waits on a queue, and what is sent is gathered into datagrams that go to the loop
 * when the flight is over, that is, when the handshake begins to wait. On the loop it gives the record at hand and writes
 * at once.
 */
final class RecordPort implements DatagramTransport {
    private static final Logger LOG = LoggerFactory.getLogger(RecordPort.class);

    /** Holds any record that the guard lets through. */
    private static final int HANDSHAKE_RECEIVE_LIMIT = 2048;

    /** Says that nothing is at hand: Bouncy Castle lets it pass and does not fail the connection. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack, and is thrown once a record.
    private static final InterruptedIOException NOTHING_AT_HAND = new StacklessInterruptedIOException();

    /** RFC 6347 §4.1.1.1: a flight that is lost again and again may have been too large for the path. */
    private static final int REPEATS_ON_A_NARROW_PATH = 3;

    /** RFC 791: what every host takes, less the headers. */
    private static final int NARROW_PATH = 548;

    /**
     * The timer doubles up to a second, the value RFC 6347 §4.2.4.1 begins with: doubled on, it would send a dozen times in the 30 s of a
     * handshake, and of a thousand clients that lose every second datagram one would never be heard.
     */
    private static final int MAX_RETRANSMISSION_MILLIS = 1_000;

    /** Reached by the shortest timer there is after an ICE check, 50 ms; shorter ones, of tests, stay in proportion. */
    private static final int MAX_BACKOFF = 20;

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final DtlsEngine.Host host;
    private final Executor loop;
    private final RecordQueue queue;
    private final int maxDatagramSize;
    private final int maxRetransmissionMillis;
    private final EngineCrypto crypto;

    private volatile @Nullable Thread handshakeThread;
    private volatile boolean closed;

    // Of the thread of the handshake.
    private final List<byte[]> flight = new ArrayList<>();
    private ByteBuffer datagram = EMPTY;
    private boolean interrupted;
    private int repeats;
    private int latestFlightsMessage = -1;
    private volatile List<byte[]> latestFlight = List.of();

    // Bouncy Castle numbers the records of epoch 0 as well, but does not know of those that are sent again from here.
    private final AtomicLong nextPlaintextNumber = new AtomicLong();

    // Of the loop.
    private ByteBuffer atHand = EMPTY;
    private int atHandPosition;
    private int atHandLength;
    private boolean taken = true;
    private boolean written;

    RecordPort(DtlsEngine.Host host, Executor loop, RecordQueue queue, EngineSettings settings, EngineCrypto crypto) {
        this.crypto = crypto;
        this.host = host;
        this.loop = loop;
        this.queue = queue;
        this.maxDatagramSize = settings.options().maxDatagramSize();
        int first = settings.retransmissionMillis();
        this.maxRetransmissionMillis = Math.max(first, Math.min(MAX_RETRANSMISSION_MILLIS, MAX_BACKOFF * first));
    }

    /** The calling thread is now the handshake's. */
    void beginHandshake() {
        datagram = ByteBuffer.allocate(maxDatagramSize);
        handshakeThread = Thread.currentThread();
    }

    /**
     * The calling thread is the handshake's no longer.
     *
     * @return the last flight, for {@link #writeFlight}; empty if there is none
     */
    List<byte[]> endHandshake() {
        endDatagram();
        List<byte[]> last = takeFlight();
        datagram = EMPTY;
        handshakeThread = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return last;
    }

    /** The record that the next {@code receive} on the loop gives. */
    void putAtHand(ByteBuffer source, int position, int length) {
        atHand = source;
        atHandPosition = position;
        atHandLength = length;
        taken = false;
    }

    void clearAtHand() {
        atHand = EMPTY;
        taken = true;
    }

    /** Whether anything was written on the loop since the last call. */
    boolean takeWritten() {
        boolean result = written;
        written = false;
        return result;
    }

    @Override
    public int getReceiveLimit() {
        return onHandshakeThread() ? HANDSHAKE_RECEIVE_LIMIT : atHandLength;
    }

    @Override
    public int getSendLimit() {
        return repeats < REPEATS_ON_A_NARROW_PATH ? maxDatagramSize : Math.min(maxDatagramSize, NARROW_PATH);
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        if (onHandshakeThread()) {
            return await(buffer, offset, waitMillis);
        }
        if (taken) {
            throw NOTHING_AT_HAND;
        }
        taken = true;
        atHand.get(atHandPosition, buffer, offset, atHandLength);
        return atHandLength;
    }

    private int await(byte[] buffer, int offset, int waitMillis) throws IOException {
        flushFlight();
        byte[] record = pollRecord(waitMillis);
        if (closed || queue.isClosed()) {
            throw new IOException("closed");
        }
        if (record == null) {
            return -1;
        }
        System.arraycopy(record, 0, buffer, offset, record.length);
        return record.length;
    }

    /** Nothing is to be sent again any more. */
    void forgetFlight() {
        latestFlight = List.of();
    }

    /** Waits, and sends the flight again when Bouncy Castle's timer has doubled beyond what a bad path can do with. */
    private byte @Nullable [] pollRecord(int waitMillis) {
        int remainingMillis = waitMillis;
        byte[] record = null;
        while (record == null && remainingMillis > 0 && !closed && !queue.isClosed()) {
            int stepMillis = Math.min(remainingMillis, maxRetransmissionMillis);
            record = pollOnce(stepMillis);
            remainingMillis -= stepMillis;
            if (record == null && remainingMillis > 0) {
                sendFlightAgain();
            }
        }
        return record;
    }

    /** Waits on when interrupted, which is nobody's way to end a handshake; the thread learns of it afterwards. */
    private byte @Nullable [] pollOnce(int waitMillis) {
        try {
            return queue.poll(waitMillis);
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        }
    }

    /** The same messages in records of new numbers, as the peer may drop what it has seen. */
    void sendFlightAgain() {
        RecordCipher cipher = crypto.recordCipher();
        List<byte[]> again = new ArrayList<>(latestFlight.size());
        for (byte[] sent : latestFlight) {
            byte[] copy = sent.clone();
            ByteBuffer records = ByteBuffer.wrap(copy);
            int record = 0;
            while (record < copy.length) {
                if (Records.epoch(records, record) == 0) {
                    Records.putNumber(copy, record, nextPlaintextNumber.getAndIncrement());
                } else if (cipher != null) {
                    cipher.sealHandshakeAgain(copy, record);
                }
                record += Records.HEADER_LENGTH + Records.fragmentLength(records, record);
            }
            again.add(copy);
        }
        if (!again.isEmpty()) {
            hand(again);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        RecordCipher cipher = crypto.recordCipher();
        if (Records.epoch(ByteBuffer.wrap(buffer), offset) == 0) {
            Records.putNumber(buffer, offset, nextPlaintextNumber.getAndIncrement());
        } else if (cipher != null) {
            cipher.stampLatest(buffer, offset);
        }
        if (onHandshakeThread()) {
            if (length > datagram.remaining()) {
                endDatagram();
            }
            if (length > datagram.remaining()) {
                byte[] record = new byte[length];
                System.arraycopy(buffer, offset, record, 0, length);
                flight.add(record);
            } else {
                datagram.put(buffer, offset, length);
            }
            return;
        }
        written = true;
        write(buffer, offset, length);
    }

    private void endDatagram() {
        if (datagram.position() > 0) {
            byte[] bytes = new byte[datagram.flip().remaining()];
            datagram.get(bytes).clear().limit(getSendLimit());
            flight.add(bytes);
        }
    }

    private void flushFlight() {
        endDatagram();
        List<byte[]> ended = takeFlight();
        if (!ended.isEmpty()) {
            hand(ended);
        }
    }

    private List<byte[]> takeFlight() {
        if (flight.isEmpty()) {
            return List.of();
        }
        List<byte[]> ended = List.copyOf(flight);
        latestFlight = ended;
        int message = firstMessage(latestFlight.get(0));
        if (message == latestFlightsMessage && repeats < REPEATS_ON_A_NARROW_PATH) {
            repeats++;
            datagram.limit(getSendLimit());
        }
        latestFlightsMessage = message;
        flight.clear();
        return ended;
    }

    /** Tells flights apart: the record's type and, where it holds one, the handshake message's number. */
    private static int firstMessage(byte[] record) {
        ByteBuffer buffer = ByteBuffer.wrap(record);
        int type = Records.type(buffer, 0);
        return type == Records.HANDSHAKE ? Records.uint16(buffer, Records.HEADER_LENGTH + 4) : -type;
    }

    private void hand(List<byte[]> datagrams) {
        try {
            loop.execute(() -> {
                writeFlight(datagrams);
                host.flush();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the loop has ended, a flight of the handshake is not sent");
        }
    }

    /** On the loop; flushes nothing. */
    void writeFlight(List<byte[]> datagrams) {
        if (queue.isClosed()) {
            return;
        }
        for (byte[] bytes : datagrams) {
            write(bytes, 0, bytes.length);
        }
    }

    /** A sink that throws has lost a datagram, as networks do. */
    void write(byte[] buffer, int offset, int length) {
        try {
            host.write(buffer, offset, length);
        } catch (RuntimeException e) {
            LOG.warn("a datagram was not written", e);
        }
    }

    private boolean onHandshakeThread() {
        return Thread.currentThread() == handshakeThread;
    }

    @Override
    public void close() {
        // Bouncy Castle itself would look at it only when the retransmission timer expires.
        closed = true;
    }

    /** Made once, thrown often. */
    private static final class StacklessInterruptedIOException extends InterruptedIOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
