package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.CipherSuite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The suites there are, under IANA's names: ephemeral keys and authenticated encryption alone. */
public enum Suite {
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256);

    /** Those of one kind of key stand together, in the order of preference. */
    private static final List<Suite> PREFERRED = inOrderFor(hasAesInstructions());

    final int number;

    Suite(int number) {
        this.number = number;
    }

    public static boolean isKnown(String name) {
        return Stream.of(values()).anyMatch(suite -> suite.name().equals(name));
    }

    /** Those named; all, the best for this processor first, when none is. */
    static List<Suite> chosen(List<String> names) {
        return names.isEmpty() ? PREFERRED : names.stream().map(Suite::valueOf).toList();
    }

    static String nameOf(int number) {
        return Stream.of(values())
                .filter(suite -> suite.number == number)
                .map(Enum::name)
                .findFirst()
                .orElse("0x" + Integer.toHexString(number));
    }

    /** Whether the suite of this number signs with RSA. */
    static boolean isRsa(int number) {
        return Stream.of(values()).anyMatch(suite -> suite.number == number && suite.isRsa());
    }

    boolean isRsa() {
        return name().contains("_RSA_");
    }

    private boolean isAes() {
        return name().contains("_AES_");
    }

    static List<Suite> inOrderFor(boolean aesInstructions) {
        return Stream.of(values())
                .sorted((one, other) ->
                        Boolean.compare(one.isAes() != aesInstructions, other.isAes() != aesInstructions))
                .sorted((one, other) -> Boolean.compare(one.isRsa(), other.isRsa()))
                .toList();
    }

    /** The JVM does not tell; Linux does, and elsewhere the processors of these architectures have them. */
    private static boolean hasAesInstructions() {
        String architecture = System.getProperty("os.arch", "");
        boolean usual = Set.of("amd64", "x86_64", "aarch64").contains(architecture);
        try {
            return usual && hasAesFlag(Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1), usual);
        } catch (IOException | SecurityException e) {
            return usual;
        }
    }

    static boolean hasAesFlag(String cpuInfo, boolean unknown) {
        return cpuInfo.lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(line -> List.of(line.split("\\s+")).contains("aes"))
                .orElse(unknown);
    }
}
