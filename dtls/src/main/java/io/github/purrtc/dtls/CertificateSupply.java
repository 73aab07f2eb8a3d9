package io.github.purrtc.dtls;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Fresh ECDSA P-256 certificates, some of them made ahead on a thread of their own, so that a connection need not wait for its
 * key. Each is given once. Thread-safe.
 */
public final class CertificateSupply implements Supplier<DtlsCertificate> {
    /** One that lay here longer than a day is not fresh. */
    private static final Duration MIN_LIFETIME = Duration.ofDays(29);

    private final int ahead;
    private final Executor threads;
    private final ConcurrentLinkedQueue<DtlsCertificate> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param ahead how many are kept ready; 0: each is made when it is asked for */
    public CertificateSupply(int ahead) {
        this(ahead, Handshakes.threads());
    }

    CertificateSupply(int ahead, Executor threads) {
        if (ahead < 0) {
            throw new IllegalArgumentException("certificates made ahead: " + ahead);
        }
        this.ahead = ahead;
        this.threads = threads;
        refill();
    }

    /** One that is ready, or else one made now. */
    @Override
    public DtlsCertificate get() {
        DtlsCertificate certificate = ready.poll();
        if (certificate != null) {
            count.decrementAndGet();
        }
        refill();
        boolean isFresh = certificate != null
                && certificate.expires().isAfter(Instant.now().plus(MIN_LIFETIME));
        return certificate != null && isFresh ? certificate : DtlsCertificate.generate();
    }

    private void refill() {
        while (count.get() < ahead) {
            count.incrementAndGet();
            try {
                threads.execute(() -> ready.add(DtlsCertificate.generate()));
            } catch (RejectedExecutionException e) {
                count.decrementAndGet();
                return;
            }
        }
    }
}
