package io.github.purrtc.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code purrtc send-file}. */
@Command(
        name = "send-file",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Sends files, however large, over a data channel to receive-file.",
            "",
            "No server sees them. The two find each other in a room of the echo server, which both have to reach, or by copy and "
                    + "paste. A transfer that was interrupted goes on where it was when both are started again; that it is the "
                    + "same file is made sure by its SHA-256, and so is the whole file in the end.",
            "",
            "Who knows a room's code can enter it; and the server could put itself between the two, as any signalling can: use one "
                    + "that you trust. Exit code 130: interrupted by Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc send-file --room holiday-photos cat.jpg dog.mp4",
            "  purrtc receive-file --room holiday-photos",
            "  purrtc send-file --offer cat.jpg         without a server: copy and paste",
            "  purrtc receive-file --answer             one line each way"
        })
final class SendFileCommand extends TransferCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to send.")
    private List<Path> files = new ArrayList<>();

    @Override
    void check() {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("FILE must be a file, not " + file);
            }
        }
    }

    @Override
    void transfer(FileLine line, Progress progress) throws IOException {
        new FileSender(line, progress, System.out).send(files);
    }
}
