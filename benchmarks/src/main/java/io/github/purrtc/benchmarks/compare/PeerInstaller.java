package io.github.purrtc.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Fetches the others by npm and Maven, where that was not done before. */
public final class PeerInstaller {
    static final Path LIBWEBRTC_LIBRARIES = Path.of("libwebrtc", "target", "lib");

    private final Path folder;
    private final File log;

    /** @param folder where the drivers are */
    public PeerInstaller(Path folder, File log) {
        this.folder = folder;
        this.log = log;
    }

    /** Everyone. */
    void install() throws IOException, InterruptedException {
        installNode();
        if (!Files.isDirectory(folder.resolve(LIBWEBRTC_LIBRARIES))) {
            run(
                    folder.resolve("libwebrtc"),
                    List.of("mvn", "-B", "-q", "-ntp", "-Dplatform=" + platform(), "dependency:copy-dependencies"));
        }
    }

    /** Those that Node.js runs. */
    public void installNode() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("no drivers in " + folder.toAbsolutePath() + "; --peers-folder says where they are");
        }
        Path node = folder.resolve("node");
        if (!Files.isDirectory(node.resolve("node_modules"))) {
            run(node, List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
    }

    /** As webrtc-java names them. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        String name = system.contains("win") ? "windows" : system.contains("mac") ? "macos" : "linux";
        return name + "-" + (processor.equals("amd64") ? "x86_64" : processor);
    }

    private void run(Path directory, List<String> command) throws IOException, InterruptedException {
        System.err.println("in " + directory + ": " + String.join(" ", command));
        int exitCode = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("exit code " + exitCode + ": " + String.join(" ", command) + "; see " + log);
        }
    }
}
