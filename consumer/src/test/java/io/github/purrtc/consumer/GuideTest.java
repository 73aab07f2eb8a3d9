package io.github.purrtc.consumer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the guide shows compiles: programs as they stand, fragments within a method that has a connection and a channel. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    private static final Pattern PROGRAM = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);
    private static final String FRAGMENT = """
            import io.github.purrtc.*;
            import io.github.purrtc.dtls.*;
            import io.github.purrtc.ice.*;
            import java.io.IOException;
            import java.net.InetSocketAddress;
            import java.nio.ByteBuffer;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;

            class Fragment {
                void fragment(PeerConnection connection, DataChannel channel) throws Exception {
            %s
                }
            }
            """;

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(Path::getFileName)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void compiles(Path page, @TempDir Path classes) throws IOException {
        List<String> blocks = JavaBlocks.in(GUIDE.resolve(page));
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            for (Diagnostic<?> diagnostic : compile(blocks.get(i), classes)) {
                errors.add("block " + (i + 1) + ": " + diagnostic);
            }
        }
        assertEquals(List.of(), errors);
    }

    private static List<? extends Diagnostic<?>> compile(String block, Path classes) {
        Matcher program = PROGRAM.matcher(block);
        Source source = program.find()
                ? new Source(program.group(1), block)
                : new Source("Fragment", FRAGMENT.formatted(block));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of("-d", classes.toString(), "-proc:none", "-classpath", JavaBlocks.classPath());
        compiler.getTask(null, null, found, options, null, List.of(source)).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    /** Each link to a file leads to one. */
    @ParameterizedTest
    @MethodSource("pages")
    void leadsSomewhere(Path page) throws IOException {
        List<String> dead = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)")
                .matcher(Files.readString(GUIDE.resolve(page)))
                .results()
                .map(link -> link.group(1))
                .filter(file -> !Files.exists(GUIDE.resolve(file)))
                .toList();
        assertEquals(List.of(), dead);
    }
}
