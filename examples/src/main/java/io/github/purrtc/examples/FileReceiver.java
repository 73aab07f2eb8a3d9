package io.github.purrtc.examples;

import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.examples.FileLine.TransferException;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Receives files into one directory. The sender is not trusted: names are sanitized, sizes have a limit, no more comes than was said, and
 * a file gets its name only when its checksum is right.
 */
final class FileReceiver {
    private final FileLine line;
    private final Path directory;
    private final Limits limits;
    private final Progress progress;
    private final PrintStream console;
    private int received;

    /** What is accepted. */
    record Limits(long fileBytes, int files) {}

    FileReceiver(FileLine line, Path directory, Limits limits, Progress progress, PrintStream console) {
        this.line = line;
        this.directory = directory;
        this.limits = limits;
        this.progress = progress;
        this.console = console;
    }

    /** Receives until the sender says that there are no more; returns how many files there were. */
    int receive() throws IOException {
        try {
            while (true) {
                FileSignal signal = FileLine.signal(line.receive());
                if (signal instanceof FileSignal.File file) {
                    receive(file);
                    received++;
                } else if (signal instanceof FileSignal.Bye) {
                    line.hangUp();
                    return received;
                } else {
                    throw new TransferException("the sender speaks out of turn");
                }
            }
        } catch (FileLine.TransferException e) {
            throw e;
        } catch (IOException e) {
            // What the disk does not take: the sender should know.
            line.refuse("the file cannot be written");
            throw e;
        }
    }

    private void receive(FileSignal.File offered) throws IOException {
        String name = FileNames.sanitize(offered.name());
        long size = offered.size();
        requireAcceptable(size, name);
        Path whole = directory.resolve(name);
        if (isRegular(whole, size) && isTheSame(whole, size, name)) {
            console.println("Already there: " + whole);
            return;
        }
        try (PartialFile file = PartialFile.open(directory, name)) {
            agree(file, size, name);
            requireRoom(size - file.length());
            TransferProgress transfer = new TransferProgress(progress, System::nanoTime, name, file.length(), size);
            fill(file, size, transfer);
            finish(file, transfer);
        }
    }

    private static boolean isRegular(Path path, long size) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == size;
    }

    private void requireAcceptable(long size, String name) throws IOException {
        if (size > limits.fileBytes()) {
            throw refusal(name + " has " + TransferProgress.size(size) + ", at most "
                    + TransferProgress.size(limits.fileBytes()) + " are accepted");
        }
        if (received >= limits.files()) {
            throw refusal("at most " + limits.files() + " files are accepted");
        }
    }

    /** Whether the whole file is here, as the sender's checksum says. */
    private boolean isTheSame(Path whole, long size, String name) throws IOException {
        Sha256 sha256 = new Sha256();
        line.say(new FileSignal.Have(size));
        TransferProgress.checking(progress, name, size);
        try (FileChannel file = FileChannel.open(whole, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            sha256.update(file, size);
        }
        if (!line.expect(FileSignal.Begins.class).sha256().equals(sha256.value())) {
            return false;
        }
        line.say(new FileSignal.From(size));
        if (!line.expect(FileSignal.End.class).sha256().equals(sha256.value())) {
            throw refusal("the checksum of what is here is another");
        }
        line.say(new FileSignal.Kept());
        return true;
    }

    /** Agrees where to go on: after what is there if the sender's file begins so. */
    private void agree(PartialFile file, long size, String name) throws IOException {
        if (file.length() > size) {
            file.clear();
        }
        line.say(new FileSignal.Have(file.length()));
        TransferProgress.checking(progress, name, file.length());
        file.check();
        if (!line.expect(FileSignal.Begins.class).sha256().equals(file.sha256())) {
            file.clear();
        }
        line.say(new FileSignal.From(file.length()));
    }

    private void requireRoom(long bytes) throws IOException {
        long room = Files.getFileStore(directory).getUsableSpace();
        if (bytes > room) {
            throw refusal("there is room for " + TransferProgress.size(room) + " only");
        }
    }

    private void fill(PartialFile file, long size, TransferProgress transfer) throws IOException {
        while (file.length() < size) {
            DataChannelMessage message = line.receive();
            if (message.isText()) {
                FileLine.signal(message);
                throw refusal("there are bytes missing");
            }
            if (message.size() == 0) {
                throw refusal("there are empty messages");
            }
            if (message.size() > size - file.length()) {
                throw refusal("there are more bytes than was said");
            }
            file.append(message.data());
            transfer.at(file.length());
        }
    }

    private void finish(PartialFile file, TransferProgress transfer) throws IOException {
        if (!line.expect(FileSignal.End.class).sha256().equals(file.sha256())) {
            file.discard();
            throw refusal("the checksum is wrong; what was received is thrown away");
        }
        String sha256 = file.sha256();
        Path kept = file.keep();
        line.say(new FileSignal.Kept());
        progress.clear();
        console.println("Received " + kept + ": " + transfer.summary());
        console.println("  SHA-256 " + sha256);
    }

    /** Tells the sender why it cannot go on. */
    private TransferException refusal(String reason) {
        line.refuse(reason);
        return new TransferException(reason);
    }
}
