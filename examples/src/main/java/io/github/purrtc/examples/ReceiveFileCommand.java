package io.github.purrtc.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code purrtc receive-file}. */
@Command(
        name = "receive-file",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = {
            "Receives the files that send-file sends.",
            "",
            "A file is called NAME.purrtc-part until it is whole and its SHA-256 is right. What was interrupted goes on where it was when "
                    + "both are started again. Nothing is overwritten: where there is another file of the same name, the new one "
                    + "gets a number.",
            "",
            "The sender is not trusted: whatever names it gives, files get into the one directory, and never more or larger ones "
                    + "than is said here. Exit code 130: interrupted by Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc receive-file --room holiday-photos",
            "  purrtc receive-file --answer --directory /tmp --max-size 5000000000"
        })
final class ReceiveFileCommand extends TransferCommand {
    @Option(
            names = "--directory",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "Where the files get to (default: the current directory).")
    private Path directory = Path.of(".");

    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            defaultValue = "100000000000",
            description = "The largest file that is accepted (default: ${DEFAULT-VALUE}).")
    private long maxSize;

    @Option(
            names = "--max-files",
            paramLabel = "COUNT",
            defaultValue = "1000",
            description = "How many files are accepted (default: ${DEFAULT-VALUE}).")
    private int maxFiles;

    @Override
    void check() throws IOException {
        Range.require("--max-size", maxSize, 0, Long.MAX_VALUE);
        Range.require("--max-files", maxFiles, 1, Integer.MAX_VALUE);
        Files.createDirectories(directory);
    }

    @Override
    void transfer(FileLine line, Progress progress) throws IOException {
        FileReceiver.Limits limits = new FileReceiver.Limits(maxSize, maxFiles);
        int files = new FileReceiver(line, directory, limits, progress, System.out).receive();
        System.err.println(files == 1 ? "1 file" : files + " files");
    }
}
