package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** A key that the JCA signs with: RSA's, or one that never leaves its provider. */
final class JcaKey extends SigningKey {
    private final PrivateKey key;
    private final boolean isRsa;

    JcaKey(PrivateKey key) throws InvalidKeyException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            throw new InvalidKeyException("a key of " + algorithm);
        }
        this.key = key;
        this.isRsa = algorithm.equals("RSA");
    }

    @Override
    public PrivateKey toPrivateKey() {
        return key;
    }

    @Override
    boolean isRsa() {
        return isRsa;
    }

    @Override
    SignatureName certificateSignature() {
        return isRsa ? SignatureName.RSA : Curve.P256.signature;
    }

    @Override
    byte[] signCertificate(byte[] tbsCertificate) {
        try {
            Signature signature = Signature.getInstance(certificateSignature().standardName());
            signature.initSign(key, Randomness.SECURE);
            signature.update(tbsCertificate);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key does not sign", e);
        }
    }

    @Override
    TlsSigner signer(BcTlsCrypto crypto) {
        return new Signer();
    }

    private Signature signature(SignatureAndHashAlgorithm algorithm) throws GeneralSecurityException {
        Signature signature;
        if (algorithm.equals(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256)) {
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        } else {
            String hash = HashAlgorithm.getName(algorithm.getHash()).toUpperCase(java.util.Locale.ROOT);
            signature = Signature.getInstance(
                    hash + (algorithm.getSignature() == SignatureAlgorithm.rsa ? "withRSA" : "withECDSA"));
        }
        signature.initSign(key, Randomness.SECURE);
        return signature;
    }

    private final class Signer implements TlsSigner {
        @Override
        public byte[] generateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash) throws IOException {
            // The stream signer is there, and hashes by itself.
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }

        @Override
        public TlsStreamSigner getStreamSigner(@Nullable SignatureAndHashAlgorithm algorithm) throws IOException {
            try {
                return new StreamSigner(signature(java.util.Objects.requireNonNull(algorithm)));
            } catch (GeneralSecurityException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, e);
            }
        }
    }

    private record StreamSigner(Signature signature) implements TlsStreamSigner {
        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    try {
                        signature.update(bytes, offset, length);
                    } catch (SignatureException e) {
                        throw new IOException(e);
                    }
                }
            };
        }

        @Override
        public byte[] getSignature() throws IOException {
            try {
                return signature.sign();
            } catch (SignatureException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, e);
            }
        }
    }
}
