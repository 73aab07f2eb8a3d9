package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.RtcException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The channel of a file transfer, for the thread that reads or writes the files. */
record FileLine(BlockingDataChannel channel) {
    private static final Duration REASON_LIMIT = Duration.ofSeconds(3);
    private static final String GOES_ON = "; the same command goes on from here";

    /** It is over, and why. */
    static final class TransferException extends IOException {
        private static final long serialVersionUID = 1L;

        TransferException(String message) {
            super(message);
        }
    }

    void say(FileSignal signal) throws IOException {
        send(() -> channel.send(signal.toJson()));
    }

    /** Waits until no more than a megabyte is on its way. */
    void send(ByteBuffer bytes) throws IOException {
        send(() -> channel.send(DataChannelMessage.binary(bytes)));
    }

    private interface Sending {
        void send() throws IOException;
    }

    private void send(Sending sending) throws TransferException {
        try {
            sending.send();
        } catch (IOException | RtcException e) {
            throw reason();
        }
    }

    /** Why nothing can be sent any more: what the other end has said last, if it has. */
    private TransferException reason() {
        channel.timeout(REASON_LIMIT);
        try {
            while (true) {
                signal(receive());
            }
        } catch (TransferException last) {
            return last;
        }
    }

    /** The next message, of either kind. */
    DataChannelMessage receive() throws TransferException {
        try {
            DataChannelMessage message = channel.receive();
            if (message != null) {
                return message;
            }
        } catch (IOException e) {
            throw lost(e);
        }
        throw new TransferException("the other end has gone" + GOES_ON);
    }

    private static TransferException lost(Exception cause) {
        return new TransferException("the connection is lost (" + Failures.describe(cause) + ")" + GOES_ON);
    }

    /**
     * What a text message says.
     *
     * @throws TransferException if the other end says that it cannot go on, or nothing that makes sense
     */
    static FileSignal signal(DataChannelMessage message) throws TransferException {
        if (!message.isText()) {
            throw new TransferException("the other end sends bytes out of turn");
        }
        FileSignal signal;
        try {
            signal = FileSignal.parse(message.text());
        } catch (IllegalArgumentException e) {
            throw new TransferException(
                    "the other end says something odd: " + Printable.abbreviated(String.valueOf(e.getMessage())));
        }
        if (signal instanceof FileSignal.Refused refused) {
            throw new TransferException("the other end says: " + Printable.abbreviated(refused.reason()));
        }
        return signal;
    }

    /** The next message, which has to be of that kind. */
    <T extends FileSignal> T expect(Class<T> kind) throws IOException {
        FileSignal signal = signal(receive());
        if (!kind.isInstance(signal)) {
            throw new TransferException(
                    "the other end says " + signal.getClass().getSimpleName() + " out of turn");
        }
        return kind.cast(signal);
    }

    /** Tells the other end that it cannot go on, if it still listens. */
    void refuse(String reason) {
        try {
            say(new FileSignal.Refused(reason));
        } catch (IOException | RtcException e) {
            // It will notice.
        }
        hangUp();
    }

    /** Closes the channel when all that was said has arrived, and waits for that, not for ever. */
    void hangUp() {
        PeerLink.hangUp(channel);
    }
}
