package io.github.purrtc;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The file with the keys of connections, which all connections of a process may share. What goes wrong is logged. */
final class KeyLogs {
    private static final Logger LOGGER = LoggerFactory.getLogger(KeyLogs.class);

    private KeyLogs() {}

    /** Adds a line; a file that is not there is made, for its owner's eyes only where the file system knows owners. */
    static synchronized void append(Path file, String line) {
        try {
            create(file);
            Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOGGER.warn("No keys in {}", file, e);
        }
    }

    private static void create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
            LOGGER.warn("Logging the keys of connections to {}: whoever reads it can read them", file);
        } catch (FileAlreadyExistsException e) {
            // Others wrote to it before.
        }
    }
}
