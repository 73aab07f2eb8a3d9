package io.github.purrtc.consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Two Maven projects outside the tree, each with one dependency, its version from the BOM: one is compiled and run on the
 * class path, the other on the module path. The repository that they find purrtc in is made for them.
 */
class ConsumerTest {
    /** What a user gets. */
    private static final String LIBRARIES = """
            bcprov-jdk18on bctls-jdk18on bcutil-jdk18on
            config ice4j jicoco-config jitsi-metaconfig jitsi-utils kotlin-reflect kotlin-stdlib weupnp
            jspecify
            netty-buffer netty-codec-base netty-codec-dns netty-common netty-handler netty-resolver
            netty-transport netty-transport-classes-epoll netty-transport-native-unix-common
            purrtc-datachannel purrtc-dtls purrtc-ice purrtc-sctp purrtc-sdp
            slf4j-api
            """;

    @TempDir
    static Path folder;

    private static String built = "";

    @BeforeAll
    static void build() throws Exception {
        Path project = Path.of("src", "test", "project");
        for (String file : List.of("pom.xml", "settings.xml", "classpath/pom.xml", "modulepath/pom.xml")) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(project.resolve(file), copy);
        }
        String program = JavaBlocks.readme();
        writeSource("classpath", "TwoPeers.java", program);
        writeSource("modulepath", "app/TwoPeers.java", "package app;\n\n" + program);
        writeSource("modulepath", "module-info.java", "module app {\n    requires io.github.purrtc;\n}\n");
        String reflexive = Files.readString(Path.of("src", "test", "programs", "app", "Reflexive.java"));
        writeSource("classpath", "app/Reflexive.java", reflexive);
        writeSource("modulepath", "app/Reflexive.java", reflexive);
        built = Program.run(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), maven());
    }

    private static void writeSource(String project, String file, String text) throws IOException {
        Path source = folder.resolve(project).resolve("src/main/java").resolve(file);
        Files.createDirectories(source.getParent());
        Files.writeString(source, text);
    }

    private static List<String> maven() {
        return List.of(
                Path.of(System.getProperty("consumer.maven"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-gs",
                "settings.xml",
                "-Dmaven.repo.local=" + System.getProperty("consumer.repository"),
                "-Dusers.repository="
                        + Path.of(System.getProperty("consumer.usersRepository"))
                                .toUri(),
                "-Dpurrtc.version=" + System.getProperty("consumer.version"),
                "compile");
    }

    static List<Jdk> jdks() throws IOException {
        return Jdk.all();
    }

    @Test
    void nothingIsToBeSaidAboutTheBuild() {
        assertFalse(built.contains("[WARNING]"), built);
    }

    @Test
    void nothingComesWithItThatIsNotUsed() throws IOException {
        try (Stream<Path> libraries = Files.list(folder.resolve("classpath/target/lib"))) {
            String found = libraries
                    .map(library -> library.getFileName().toString().replaceFirst("-\\d.*", ""))
                    .sorted()
                    .collect(Collectors.joining(" "));
            assertEquals(String.join(" ", new TreeSet<>(List.of(LIBRARIES.trim().split("\\s+")))), found);
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void twoPeersTalkOnTheClassPath(Jdk jdk) throws Exception {
        assertTrue(onClassPath(jdk, "TwoPeers").contains("Bob says: meow"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void twoPeersTalkOnTheModulePath(Jdk jdk) throws Exception {
        assertTrue(onModulePath(jdk, "app.TwoPeers").contains("Bob says: meow"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void stunServersAreAskedOnTheClassPath(Jdk jdk) throws Exception {
        assertTrue(onClassPath(jdk, "app.Reflexive").contains("Found: candidate:"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void stunServersAreAskedOnTheModulePath(Jdk jdk) throws Exception {
        assertTrue(onModulePath(jdk, "app.Reflexive").contains("Found: candidate:"));
    }

    private static String onClassPath(Jdk jdk, String mainClass) throws Exception {
        Path project = folder.resolve("classpath/target");
        return Program.run(
                project,
                Map.of(),
                List.of(jdk.java(), "-cp", "classes" + File.pathSeparator + "lib" + File.separator + "*", mainClass));
    }

    private static String onModulePath(Jdk jdk, String mainClass) throws Exception {
        Path project = folder.resolve("modulepath/target");
        return Program.run(
                project,
                Map.of(),
                List.of(jdk.java(), "-p", "classes" + File.pathSeparator + "lib", "-m", "app/" + mainClass));
    }
}
