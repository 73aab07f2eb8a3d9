package io.github.purrtc.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file as it grows. */
final class Sha256 {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final MessageDigest digest;
    private long taken;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes the bytes from position to limit, which stay where they are. */
    void update(ByteBuffer bytes) {
        taken += bytes.remaining();
        digest.update(bytes.duplicate());
    }

    /** Takes the file's next bytes. */
    void update(FileChannel file, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long left = bytes; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
            while (buffer.hasRemaining()) {
                if (file.read(buffer) < 0) {
                    throw new IOException("the file became shorter");
                }
            }
            digest.update(buffer.flip());
        }
        taken += bytes;
    }

    /** How many bytes were taken. */
    long bytes() {
        return taken;
    }

    /** Of what was taken so far, in hexadecimal digits. */
    String value() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's can be cloned", e);
        }
    }
}
