package io.github.purrtc.benchmarks.limit;

import com.sun.management.ThreadMXBean;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a record costs, each figure the median of batches.
 *
 * @param encryptNanos by our DTLS
 * @param decryptNanos by our DTLS
 * @param garbageBytes what encrypting one and decrypting it allocate together
 * @param cipherNanos AES-128-GCM by the JDK, of as many bytes, nothing around it
 */
public record RecordCost(
        int plaintextBytes, double encryptNanos, double decryptNanos, double garbageBytes, double cipherNanos) {
    /** What fills a datagram of 1,200 bytes. */
    public static final int PLAINTEXT_BYTES = 1160;

    private static final int BATCH = 64;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    public static RecordCost measure(double warmupSeconds, double seconds)
            throws InterruptedException, GeneralSecurityException {
        List<Long> encrypt = new ArrayList<>();
        List<Long> decrypt = new ArrayList<>();
        List<Long> cipher = new ArrayList<>();
        byte[] plaintext = new byte[PLAINTEXT_BYTES];
        DtlsPair pair = DtlsPair.connect(BATCH * (PLAINTEXT_BYTES + 64));
        int recordBytes = PLAINTEXT_BYTES + pair.overhead();
        long startNanos = System.nanoTime();
        boolean measuring = false;
        long garbageBytes = 0;
        while (System.nanoTime() - startNanos < (warmupSeconds + seconds) * 1e9) {
            if (!measuring && System.nanoTime() - startNanos > warmupSeconds * 1e9) {
                measuring = true;
                encrypt.clear();
                decrypt.clear();
                cipher.clear();
            }
            pair.clear();
            long allocatedBefore = allocatedBytes();
            encrypt.add(timed(() -> pair.encrypt(plaintext, BATCH)));
            decrypt.add(timed(() -> requireAll(pair.decrypt(recordBytes))));
            garbageBytes = allocatedBytes() - allocatedBefore;
            cipher.add(cipherAlone(plaintext));
        }
        return new RecordCost(
                PLAINTEXT_BYTES, median(encrypt), median(decrypt), (double) garbageBytes / BATCH, median(cipher));
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static long timed(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return System.nanoTime() - before;
    }

    private static void requireAll(long decrypted) {
        if (decrypted != (long) BATCH * PLAINTEXT_BYTES) {
            throw new IllegalStateException("decrypted " + decrypted);
        }
    }

    private static long cipherAlone(byte[] plaintext) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] out = new byte[plaintext.length + TAG_BITS / 8];
        long before = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            nonce[0]++;
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.doFinal(plaintext, 0, plaintext.length, out, 0);
        }
        return System.nanoTime() - before;
    }

    private static double median(List<Long> batchNanos) {
        Collections.sort(batchNanos);
        return (double) batchNanos.get(batchNanos.size() / 2) / BATCH;
    }
}
