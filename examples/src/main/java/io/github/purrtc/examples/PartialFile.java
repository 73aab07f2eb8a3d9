package io.github.purrtc.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is being received: {@code name.purrtc-part} until it is whole, so that what has its name is whole. It stays when the transfer is
 * interrupted, and is what the next one goes on from.
 */
final class PartialFile implements AutoCloseable {
    private static final int MAX_NUMBER = 1_000;

    private final Path directory;
    private final String name;
    private final Path path;
    private final FileChannel file;
    private Sha256 sha256 = new Sha256();
    private long length;

    private PartialFile(Path directory, String name, Path path, FileChannel file) {
        this.directory = directory;
        this.name = name;
        this.path = path;
        this.file = file;
    }

    /**
     * Opens what there is of the file, or makes it. A link is not followed.
     *
     * @param name {@linkplain FileNames#sanitize sanitized}
     * @throws IOException also if another program has it open
     */
    static PartialFile open(Path directory, String name) throws IOException {
        Path path = directory.resolve(name + FileNames.PART);
        FileChannel file = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS));
        PartialFile partial = new PartialFile(directory, name, path, file);
        try {
            if (file.tryLock() == null) {
                throw new FileSystemException(path.toString(), null, "another program is writing it");
            }
            partial.length = file.size();
            return partial;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The bytes that are there. */
    long length() {
        return length;
    }

    /** Reads what is there, which {@link #sha256} is of then. */
    void check() throws IOException {
        sha256.update(file.position(0), length);
    }

    /** Of the bytes that were read or appended. */
    String sha256() {
        return sha256.value();
    }

    /** Begins anew: what is there is not of this file. */
    void clear() throws IOException {
        file.truncate(0);
        length = 0;
        sha256 = new Sha256();
    }

    void append(ByteBuffer bytes) throws IOException {
        sha256.update(bytes);
        long position = length;
        length += bytes.remaining();
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    /** It is whole: puts it under its name, or under the same with a number if that is taken. Returns where it is. */
    Path keep() throws IOException {
        file.force(true);
        for (int number = 1; number <= MAX_NUMBER; number++) {
            Path target = directory.resolve(number == 1 ? name : FileNames.numbered(name, number));
            try {
                // A move could replace what is there.
                Files.createFile(target);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            file.close();
            return Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
        throw new FileSystemException(name, null, "there are " + MAX_NUMBER + " files of that name");
    }

    /** Deletes it: it is not what the sender says. */
    void discard() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }

    /** Keeps what is there for the next time, if anything is. */
    @Override
    public void close() throws IOException {
        if (file.isOpen() && length == 0) {
            discard();
        }
        file.close();
    }
}
