package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.jspecify.annotations.Nullable;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** webrtc-pc §4.9: which certificates are made on request. */
final class GeneratedCertificates {
    static final AlgorithmParameterSpec P_256 = new ECGenParameterSpec("secp256r1");

    /** As long as browsers make theirs. */
    static final Duration LIFETIME = Duration.ofDays(30);

    private static final Duration MAX_LIFETIME = Duration.ofDays(365);

    private GeneratedCertificates() {}

    static CompletionStage<DtlsCertificate> generate(AlgorithmParameterSpec algorithm, Duration expires) {
        KeyAlgorithm known = known(algorithm);
        if (known == null) {
            return CompletableFuture.failedFuture(new RtcException(
                    ErrorName.NOT_SUPPORTED_ERROR, "certificates are of P-256, P-384 or RSA of 2,048 bits or more"));
        }
        if (expires.isNegative()) {
            return CompletableFuture.failedFuture(
                    new RtcException(ErrorName.TYPE_ERROR, "expires is negative: " + expires));
        }
        Duration lifetime = expires.compareTo(MAX_LIFETIME) > 0 ? MAX_LIFETIME : expires;
        return CompletableFuture.supplyAsync(() -> DtlsCertificate.generate(known, lifetime));
    }

    private static @Nullable KeyAlgorithm known(AlgorithmParameterSpec algorithm) {
        if (algorithm instanceof ECGenParameterSpec curve) {
            return switch (curve.getName()) {
                case "secp256r1" -> KeyAlgorithm.ECDSA_P256;
                case "secp384r1" -> KeyAlgorithm.ECDSA_P384;
                default -> null;
            };
        }
        if (algorithm instanceof RSAKeyGenParameterSpec rsa
                && RSAKeyGenParameterSpec.F4.equals(rsa.getPublicExponent())) {
            return switch (rsa.getKeysize()) {
                case 2048 -> KeyAlgorithm.RSA_2048;
                case 3072 -> KeyAlgorithm.RSA_3072;
                case 4096 -> KeyAlgorithm.RSA_4096;
                default -> null;
            };
        }
        return null;
    }
}
