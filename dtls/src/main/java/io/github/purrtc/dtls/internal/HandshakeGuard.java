package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsRole;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stands in front of an engine while the peer is not authenticated: whatever arrives, the engine sees at most sixteen
 * messages, whole, in order, and in fragments that are cheap to put together; a ChangeCipherSpec and what is encrypted
 * after it only once the messages before it are there.
 *
 * <p>Bouncy Castle 1.84 allocates what an unauthenticated fragment declares (CVE-2026-59646), spends quadratic time on
 * small fragments, and never takes a message of epoch 0 again once a ChangeCipherSpec has overtaken it.
 */
final class HandshakeGuard {
    /** More than any ClientHello with post-quantum key shares or any reasonable chain of certificates. */
    static final int MAX_MESSAGE_LENGTH = 16 * 1024;

    /** All messages of a handshake together, as the engine may keep them. */
    static final int MAX_TOTAL_LENGTH = 24 * 1024;

    /** A handshake has at most eight messages a side. */
    static final int MAX_MESSAGES = 16;

    /** Fragments made for the engine are this long at most, their record's header included. */
    static final int MAX_RECORD_LENGTH = 1400;

    private static final int REPLAY_WINDOW_SIZE = 64;

    /** A handshake takes some dozens of records; a forged number must not lock out what follows. */
    private static final int MAX_ADVANCE = 1024;

    private static final int MAX_HELD_RECORDS = 4;
    private static final int MAX_HELD_RECORD_LENGTH = 512;

    /** Whether the engine needs it: Bouncy Castle does until 1.86, which mends both. Without it all records pass as they come. */
    static final boolean NEEDED = true;

    /** A flight that comes again is answered, so often in all: more than a peer needs in half a minute. */
    private static final int MAX_REPEATED_MESSAGES = 256;

    /** Where records go that the engine may see. */
    interface Sink {
        /** Whether so many bytes of records would be taken. */
        boolean hasRoom(int records, int bytes);

        void accept(byte[] record);
    }

    private final DtlsRole role;
    private final int lastBeforeCipherChange;
    private final Sink sink;
    private final @Nullable HandshakeMessage[] messages = new HandshakeMessage[MAX_MESSAGES];
    private final ReplayWindow replayWindow = new ReplayWindow(REPLAY_WINDOW_SIZE);
    private final Deque<byte[]> protectedRecords = new ArrayDeque<>(MAX_HELD_RECORDS);

    private int nextMessage;
    private int declaredBytes;
    private int heldBytes;
    private long nextSequenceNumber;
    private boolean messagesDone;
    private byte @Nullable [] heldCipherChange;
    private boolean cipherChanged;
    private int repeatedMessages;
    private long discarded;
    private final boolean needed;

    HandshakeGuard(DtlsRole role, Sink sink) {
        this(role, sink, NEEDED);
    }

    HandshakeGuard(DtlsRole role, Sink sink, boolean needed) {
        this.needed = needed;
        this.role = role;
        // RFC 5246 §7.3: with certificates from both sides, these are the last messages before the peer's CCS.
        this.lastBeforeCipherChange = role == DtlsRole.SERVER ? Records.CERTIFICATE_VERIFY : Records.SERVER_HELLO_DONE;
        this.sink = sink;
    }

    long discarded() {
        return discarded;
    }

    /** The bytes of messages that are not yet whole. */
    int heldBytes() {
        return heldBytes;
    }

    /** Takes a record of epoch 0, header included. */
    void plaintext(ByteBuffer datagram, int record) {
        int start = record + Records.HEADER_LENGTH;
        int length = Records.fragmentLength(datagram, record);
        if (!needed) {
            offer(copy(datagram, record, Records.HEADER_LENGTH + length));
            return;
        }
        if (!isNew(Records.sequenceNumber(datagram, record))) {
            discarded++;
            return;
        }
        switch (Records.type(datagram, record)) {
            case Records.HANDSHAKE -> fragments(datagram, record, start, start + length);
            case Records.CHANGE_CIPHER_SPEC -> cipherChange(datagram, record, length);
            case Records.ALERT -> alert(datagram, record, length);
            default -> discarded++;
        }
    }

    /** RFC 6347 §4.1.2.6, for records that are not authenticated: a number far ahead does not move the window. */
    private boolean isNew(long sequenceNumber) {
        if (sequenceNumber > replayWindow.latest() + MAX_ADVANCE || !replayWindow.isNew(sequenceNumber)) {
            return false;
        }
        replayWindow.add(sequenceNumber);
        return true;
    }

    /** Takes a record of epoch 1 that is no application data, header included. */
    void encrypted(ByteBuffer datagram, int record) {
        int length = Records.HEADER_LENGTH + Records.fragmentLength(datagram, record);
        if (length > MAX_HELD_RECORD_LENGTH) {
            discarded++;
        } else if (cipherChanged || !needed) {
            offer(copy(datagram, record, length));
        } else if (protectedRecords.size() < MAX_HELD_RECORDS) {
            protectedRecords.add(copy(datagram, record, length));
        } else {
            discarded++;
        }
    }

    private void fragments(ByteBuffer datagram, int record, int start, int end) {
        int position = start;
        while (position < end) {
            int next = fragment(datagram, record, position, end);
            if (next < 0) {
                discarded++;
                return;
            }
            position = next;
        }
    }

    /** Takes one fragment. @return where the next one begins, or -1 when the rest of the record makes no sense */
    private int fragment(ByteBuffer datagram, int record, int position, int end) {
        int body = position + Records.HANDSHAKE_HEADER_LENGTH;
        if (body > end) {
            return -1;
        }
        int type = Records.uint8(datagram, position);
        int length = Records.uint24(datagram, position + 1);
        int sequence = Records.uint16(datagram, position + 4);
        int offset = Records.uint24(datagram, position + 6);
        int fragmentLength = Records.uint24(datagram, position + 9);
        if (fragmentLength > end - body || offset + fragmentLength > length || (fragmentLength == 0 && length != 0)) {
            return -1;
        }
        HandshakeMessage message = messageAt(sequence, type, length);
        if (message == null || (message.heldBytes() == 0 && !makeRoom(sequence, length, 0))) {
            discarded++;
        } else {
            int before = message.heldBytes();
            message.add(datagram, body, offset, fragmentLength);
            heldBytes += message.heldBytes() - before;
            if (message.isComplete()) {
                completed(sequence, message, Records.uint16(datagram, record + 1));
            }
        }
        return body + fragmentLength;
    }

    /** The message a fragment belongs to; null when it contradicts an earlier fragment, or there is no place for it. */
    private @Nullable HandshakeMessage messageAt(int sequence, int type, int length) {
        if (sequence >= MAX_MESSAGES) {
            return null;
        }
        HandshakeMessage message = messages[sequence];
        if (message == null) {
            if (length > MAX_MESSAGE_LENGTH || !makeRoom(sequence, 0, length)) {
                return null;
            }
            declaredBytes += length;
            message = messages[sequence] = new HandshakeMessage(type, length);
        }
        return message.type == type && message.length == length ? message : null;
    }

    /** Room for one more message; what is not yet due gives way to what comes before it. */
    private boolean makeRoom(int sequence, int held, int declared) {
        for (int last = MAX_MESSAGES - 1;
                last > Math.max(sequence, nextMessage - 1) && !hasRoom(held, declared);
                last--) {
            HandshakeMessage message = messages[last];
            if (message != null) {
                heldBytes -= message.heldBytes();
                declaredBytes -= message.length;
                messages[last] = null;
                discarded++;
            }
        }
        return hasRoom(held, declared);
    }

    private boolean hasRoom(int held, int declared) {
        return heldBytes + held <= MAX_MESSAGE_LENGTH && declaredBytes + declared <= MAX_TOTAL_LENGTH;
    }

    private void completed(int sequence, HandshakeMessage message, int version) {
        if (sequence < nextMessage) {
            // A flight that is sent again: the engine answers with its own.
            if (++repeatedMessages > MAX_REPEATED_MESSAGES) {
                heldBytes -= message.heldBytes();
                message.take();
                discarded++;
                return;
            }
            emit(sequence, message, version);
            releaseCipherChange();
            return;
        }
        HandshakeMessage next = message;
        while (sequence == nextMessage && next != null && next.isComplete()) {
            if (!emit(sequence, next, version)) {
                return;
            }
            nextMessage++;
            messagesDone |= next.type == lastBeforeCipherChange;
            next = ++sequence < MAX_MESSAGES ? messages[sequence] : null;
        }
        releaseCipherChange();
    }

    /** Hands a message on, in fragments in order. @return false when there was no room, and it has to come again */
    private boolean emit(int sequence, HandshakeMessage message, int version) {
        heldBytes -= message.heldBytes();
        byte[] body = message.take();
        int headers = Records.HEADER_LENGTH + Records.HANDSHAKE_HEADER_LENGTH;
        int piece = MAX_RECORD_LENGTH - headers;
        int pieces = Math.max(1, (body.length + piece - 1) / piece);
        if (!sink.hasRoom(pieces, body.length + pieces * headers)) {
            discarded++;
            return false;
        }
        int offset = 0;
        do {
            int length = Math.min(piece, body.length - offset);
            byte[] record = new byte[headers + length];
            Records.putHeader(
                    record, Records.HANDSHAKE, version, nextSequenceNumber++, record.length - Records.HEADER_LENGTH);
            int header = Records.HEADER_LENGTH;
            record[header] = (byte) message.type;
            Records.putUint24(record, header + 1, body.length);
            record[header + 5] = (byte) sequence;
            Records.putUint24(record, header + 6, offset);
            Records.putUint24(record, header + 9, length);
            System.arraycopy(body, offset, record, headers, length);
            sink.accept(record);
            offset += length;
        } while (offset < body.length);
        return true;
    }

    private void cipherChange(ByteBuffer datagram, int record, int length) {
        if (length != 1 || cipherChanged) {
            discarded++;
            return;
        }
        heldCipherChange = copy(datagram, record, Records.HEADER_LENGTH + 1);
        releaseCipherChange();
    }

    private void releaseCipherChange() {
        byte[] record = heldCipherChange;
        if (record == null || !messagesDone) {
            return;
        }
        if (!sink.hasRoom(1 + protectedRecords.size(), MAX_HELD_RECORD_LENGTH * (1 + protectedRecords.size()))) {
            return;
        }
        cipherChanged = true;
        heldCipherChange = null;
        Records.putHeader(record, Records.CHANGE_CIPHER_SPEC, Records.DTLS_1_2, nextSequenceNumber++, 1);
        sink.accept(record);
        while (!protectedRecords.isEmpty()) {
            sink.accept(protectedRecords.remove());
        }
    }

    private void alert(ByteBuffer datagram, int record, int length) {
        if (length != 2 || cipherChanged) {
            discarded++;
            return;
        }
        byte[] alert = copy(datagram, record, Records.HEADER_LENGTH + length);
        // A client that has not seen our ServerHello does not know the version yet (RFC 5246 §E.1).
        boolean guessed = role == DtlsRole.SERVER && nextMessage > 0;
        int version = guessed ? Records.DTLS_1_2 : Records.uint16(datagram, record + 1);
        Records.putHeader(alert, Records.ALERT, version, nextSequenceNumber++, length);
        offer(alert);
    }

    private void offer(byte[] record) {
        if (sink.hasRoom(1, record.length)) {
            sink.accept(record);
        } else {
            discarded++;
        }
    }

    private static byte[] copy(ByteBuffer datagram, int record, int length) {
        byte[] bytes = new byte[length];
        datagram.get(record, bytes);
        return bytes;
    }
}
