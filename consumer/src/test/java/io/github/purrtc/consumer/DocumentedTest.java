package io.github.purrtc.consumer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Each public type and member of the public packages has a comment. (doclint's other demands, a tag for each parameter and
 * result, would only make sentences be said twice.)
 */
class DocumentedTest {
    @ParameterizedTest
    @CsvSource({
        "sdp, io/github/purrtc/sdp",
        "sctp, io/github/purrtc/sctp",
        "dtls, io/github/purrtc/dtls",
        "ice, io/github/purrtc/ice",
        "datachannel, io/github/purrtc"
    })
    void saysWhatItIs(String module, String folder, @TempDir Path classes) throws IOException {
        Path sources = Path.of("..", module, "src", "main", "java", folder);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (Stream<Path> files = Files.list(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(found, Locale.ENGLISH, null)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-Xdoclint:missing/protected",
                    "-Xmaxwarns",
                    "10000",
                    "-classpath",
                    JavaBlocks.classPath());
            compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(java))
                    .call();
        }
        List<String> bare = found.getDiagnostics().stream()
                .filter(diagnostic -> isBare(diagnostic.getMessage(Locale.ENGLISH)))
                .map(diagnostic ->
                        Path.of(diagnostic.getSource().getName()).getFileName() + ":" + diagnostic.getLineNumber())
                .toList();
        assertEquals(List.of(), bare);
    }

    private static boolean isBare(String message) {
        return message.contains("no comment") || message.contains("does not provide a comment");
    }
}
