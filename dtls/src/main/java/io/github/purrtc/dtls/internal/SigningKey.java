package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;

/** The private key of a certificate. Immutable; nothing of it is in its text. */
public abstract sealed class SigningKey permits EllipticCurveKey, JcaKey {
    /**
     * A key made elsewhere, which may be one that only its provider can use.
     *
     * @throws InvalidKeyException when it is not ECDSA on P-256 or P-384, nor RSA
     */
    public static SigningKey of(PrivateKey key) throws InvalidKeyException {
        if (key instanceof ECPrivateKey elliptic) {
            Curve curve = Curve.of(elliptic);
            if (curve == null) {
                throw new InvalidKeyException("an elliptic curve that is neither P-256 nor P-384");
            }
            return new EllipticCurveKey(curve, elliptic.getS());
        }
        return new JcaKey(key);
    }

    /** The key as the JCA knows it. */
    public abstract PrivateKey toPrivateKey();

    /** Whether it is RSA's, else it is ECDSA's. */
    abstract boolean isRsa();

    /** How it signs a certificate of its own. */
    abstract SignatureName certificateSignature();

    /** Signs a certificate of its own. */
    abstract byte[] signCertificate(byte[] tbsCertificate);

    /** Signs a handshake. */
    abstract TlsSigner signer(BcTlsCrypto crypto);

    @Override
    public final String toString() {
        return isRsa() ? "SigningKey[RSA]" : "SigningKey[ECDSA]";
    }
}
