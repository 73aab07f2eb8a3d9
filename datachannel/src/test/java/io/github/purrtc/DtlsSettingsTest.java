package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DtlsSettingsTest {
    @TempDir
    Path directory;

    @Test
    void anExpiredCertificateIsRefused() {
        DtlsCertificate expired = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256, Duration.ZERO);
        Configuration configuration =
                Configuration.builder().certificate(expired).build();
        RtcException refused = assertThrows(RtcException.class, () -> new PeerConnection(configuration));
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, refused.errorName());
    }

    @Test
    void keysAreAddedToAFileOfTheOwnersAlone() throws Exception {
        Path file = directory.resolve("keys.log");
        KeyLogs.append(file, "CLIENT_RANDOM 01 02");
        KeyLogs.append(file, "CLIENT_RANDOM 03 04");
        assertEquals(List.of("CLIENT_RANDOM 01 02", "CLIENT_RANDOM 03 04"), Files.readAllLines(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        // A file that cannot be written is no concern of the connection's.
        KeyLogs.append(directory, "CLIENT_RANDOM 05 06");
    }

    @Test
    void aConnectionTellsItsCipherAndLogsItsKeys() throws Exception {
        Path file = directory.resolve("connection.log");
        Configuration configuration =
                Configuration.builder().includeLoopback(true).keyLog(file).build();
        try (PeerPair pair = new PeerPair(configuration)) {
            CountDownLatch open = new CountDownLatch(1);
            assertNull(pair.a.dtlsSession());
            pair.a.createDataChannel("cats").onOpen(open::countDown);
            pair.connect();
            PeerPair.await(open, "the channel");
            DtlsSession session = pair.a.dtlsSession();
            assertNotNull(session);
            assertTrue(session.cipherSuite().startsWith("TLS_ECDHE_ECDSA_WITH_"), session.cipherSuite());
            assertEquals(1, session.remoteCertificates().size());
            assertEquals(2, Files.readAllLines(file).size());
        }
    }
}
