package io.github.purrtc.dtls.internal;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.tls.crypto.TlsSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSASigner;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;

/** An ECDSA key, used by Bouncy Castle without its provider, whose making alone takes a fifth of a second in a fresh JVM. */
final class EllipticCurveKey extends SigningKey {
    private final Curve curve;
    private final ECPrivateKeyParameters parameters;

    EllipticCurveKey(Curve curve, BigInteger secret) {
        this(curve, new ECPrivateKeyParameters(secret, curve.domain()));
    }

    EllipticCurveKey(Curve curve, ECPrivateKeyParameters parameters) {
        this.curve = curve;
        this.parameters = parameters;
    }

    @Override
    boolean isRsa() {
        return false;
    }

    @Override
    SignatureName certificateSignature() {
        return curve.signature;
    }

    /** RFC 6979: the nonce comes from the key and the message. */
    @Override
    byte[] signCertificate(byte[] tbsCertificate) {
        ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(digest()));
        DSADigestSigner signer = new DSADigestSigner(ecdsa, digest());
        signer.init(true, new ParametersWithRandom(parameters, Randomness.SECURE));
        signer.update(tbsCertificate, 0, tbsCertificate.length);
        return signer.generateSignature();
    }

    private Digest digest() {
        return curve == Curve.P256 ? SHA256Digest.newInstance() : new SHA384Digest();
    }

    @Override
    TlsSigner signer(BcTlsCrypto crypto) {
        return new BcTlsECDSASigner(crypto, parameters);
    }

    @Override
    public PrivateKey toPrivateKey() {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(curve.standardName));
            ECPrivateKeySpec spec =
                    new ECPrivateKeySpec(parameters.getD(), named.getParameterSpec(ECParameterSpec.class));
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot hold keys on " + curve.standardName, e);
        }
    }
}
