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
            try {
                send(file);
            } catch (FileLine.TransferException e) {
                throw e;
            } catch (IOException e) {
                // What the disk does not give: the receiver should know.
                line.refuse("the file cannot be read");
                throw e;
            }
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
            Sha256 sha256 = agree(name, file, size);
            long offset = sha256.bytes();
            TransferProgress transfer = new TransferProgress(progress, System::nanoTime, name, offset, size);
            sendFrom(offset, size, file, sha256, transfer);
            line.say(new FileSignal.End(sha256.value()));
            line.expect(FileSignal.Kept.class);
            progress.clear();
            console.println("Sent " + name + ": " + transfer.summary());
            console.println("  SHA-256 " + sha256.value());
        }
    }

    /** Agrees where to go on: the checksum of what the receiver has. */
    private Sha256 agree(String name, FileChannel file, long size) throws IOException {
        Sha256 beginning = new Sha256();
        while (true) {
            FileSignal signal = FileLine.signal(line.receive());
            if (signal instanceof FileSignal.Have have) {
                beginning = beginning(have.bytes(), name, file, size);
                line.say(new FileSignal.Begins(beginning.value()));
            } else if (signal instanceof FileSignal.From from && from.offset() == 0) {
                return new Sha256();
            } else if (signal instanceof FileSignal.From from && from.offset() == beginning.bytes()) {
                return beginning;
            } else {
                throw new FileLine.TransferException("the other end speaks out of turn");
            }
        }
    }

    /** Of nothing, if the receiver asks for more than there is. */
    private Sha256 beginning(long bytes, String name, FileChannel file, long size) throws IOException {
        Sha256 sha256 = new Sha256();
        if (bytes <= size) {
            TransferProgress.checking(progress, name, bytes);
            sha256.update(file.position(0), bytes);
        }
        return sha256;
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
