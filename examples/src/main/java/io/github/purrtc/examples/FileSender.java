package io.github.purrtc.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Sends files, one after the other, each from where the receiver has it. Memory stays the same whatever their size. */
final class FileSender {
    private static final int PART_BYTES = 64 * 1024;

    private final FileLine line;
    private final Progress progress;
    private final PrintStream console;

    FileSender(FileLine line, Progress progress, PrintStream console) {
        this.line = line;
        this.progress = progress;
        this.console = console;
    }

    void send(List<Path> files) throws IOException {
        for (Path file : files) {
            send(file);
        }
        line.say(new FileSignal.Bye());
        // Everything is kept: how the connection ends does not matter any more.
        line.hangUp();
    }

    private void send(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            String name = String.valueOf(path.getFileName());
            long size = file.size();
            line.say(new FileSignal.File(name, size));
            Sha256 sha256 = new Sha256();
            long offset = begin(line.expect(FileSignal.Have.class), file, size, sha256);
            if (offset == 0) {
                sha256 = new Sha256();
            }
            line.say(new FileSignal.From(offset));
            TransferProgress transfer = new TransferProgress(progress, System::nanoTime, name, offset, size);
            sendFrom(offset, size, file, sha256, transfer);
            line.say(new FileSignal.End(sha256.value()));
            line.expect(FileSignal.Kept.class);
            progress.clear();
            console.println("Sent " + name + ": " + transfer.summary() + ", SHA-256 " + sha256.value());
        }
    }

    /** Where to go on: after what the receiver has, if it is the beginning of this file. */
    private static long begin(FileSignal.Have have, FileChannel file, long size, Sha256 sha256) throws IOException {
        if (have.bytes() == 0 || have.bytes() > size) {
            return 0;
        }
        sha256.update(file, have.bytes());
        return sha256.value().equals(have.sha256()) ? have.bytes() : 0;
    }

    private void sendFrom(long offset, long size, FileChannel file, Sha256 sha256, TransferProgress transfer)
            throws IOException {
        file.position(offset);
        long sent = offset;
        while (sent < size) {
            // A fresh one each time: it is the channel's until the bytes are acknowledged.
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, size - sent));
            while (part.hasRemaining()) {
                if (file.read(part) < 0) {
                    throw new IOException("the file became shorter while it was sent");
                }
            }
            part.flip();
            sha256.update(part);
            sent += part.remaining();
            line.send(part);
            transfer.at(sent);
        }
    }
}
