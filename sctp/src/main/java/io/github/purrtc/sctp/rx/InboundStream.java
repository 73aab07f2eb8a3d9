package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFormat;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The order of one stream's messages, by their SSN (RFC 9260 §6.6) or, of I-DATA, their Message Identifier (RFC 8260 §2.2.3). */
final class InboundStream {
    /** The bits of a number: 16 or 32. */
    private final int mask;

    private int nextSsn;
    private @Nullable IntMap<SctpMessage> waiting;

    InboundStream(DataFormat format) {
        mask = format == DataFormat.DATA ? 0xFFFF : -1;
    }

    /** Whether the message with this SSN is the next. */
    boolean isTurnOf(int ssn) {
        return ssn == nextSsn;
    }

    /** The SSN of the next message. */
    int next() {
        return nextSsn;
    }

    /** Whether the message with this SSN is the next; if so, the stream moves on. */
    boolean isNext(int ssn) {
        if (ssn != nextSsn) {
            return false;
        }
        nextSsn = ssn + 1 & mask;
        return true;
    }

    /** Keeps a message whose turn has not come; false for one whose turn is over or that is here already. */
    boolean keep(int ssn, SctpMessage message) {
        if (!isAhead(ssn)) {
            return false;
        }
        if (waiting == null) {
            waiting = new IntMap<>();
        }
        if (waiting.get(ssn) != null) {
            return false;
        }
        waiting.put(ssn, message);
        return true;
    }

    /** The next message if it is here; the stream moves on. */
    @Nullable
    SctpMessage takeNext() {
        if (waiting == null || waiting.isEmpty()) {
            return null;
        }
        SctpMessage message = waiting.remove(nextSsn);
        if (message != null) {
            nextSsn = nextSsn + 1 & mask;
        }
        return message;
    }

    /** The SSNs up to {@code ssn} of the messages that wait, in order: RFC 3758 §3.6. */
    int[] waitingUpTo(int ssn) {
        if (waiting == null || waiting.isEmpty()) {
            return new int[0];
        }
        int limit = ssn - nextSsn & mask;
        int[] ahead = waiting.keys();
        int count = 0;
        for (int key : ahead) {
            int offset = key - nextSsn & mask;
            if (Integer.compareUnsigned(offset, limit) <= 0) {
                ahead[count++] = offset;
            }
        }
        int[] result = Arrays.copyOf(ahead, count);
        Arrays.sort(result);
        for (int i = 0; i < count; i++) {
            result[i] = result[i] + nextSsn & mask;
        }
        return result;
    }

    /** The SSNs of all messages that wait, in order. */
    int[] waiting() {
        return waitingUpTo(nextSsn - 1);
    }

    boolean isWaiting(int ssn) {
        return waiting != null && waiting.get(ssn) != null;
    }

    @Nullable
    SctpMessage take(int ssn) {
        return waiting == null ? null : waiting.remove(ssn);
    }

    /** Whether {@code ssn} is the next or one after it. */
    boolean isAhead(int ssn) {
        return Integer.compareUnsigned(ssn - nextSsn & mask, mask >>> 1) <= 0;
    }

    /** Moves behind {@code ssn}, which is ahead. */
    void skipTo(int ssn) {
        nextSsn = ssn + 1 & mask;
    }
}
