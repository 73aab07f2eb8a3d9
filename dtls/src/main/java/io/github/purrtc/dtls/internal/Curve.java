package io.github.purrtc.dtls.internal;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.jspecify.annotations.Nullable;

import java.security.interfaces.ECKey;

/** The curves for the keys of certificates, with Bouncy Castle's arithmetic, several times as fast as the JDK's. */
@SuppressWarnings("ImmutableEnumChecker") // What it holds is written once, or the same each time.
enum Curve {
    P256(
            "secp256r1",
            SECObjectIdentifiers.secp256r1,
            "301306072a8648ce3d020106082a8648ce3d030107",
            new SignatureName("SHA256withECDSA", "300a06082a8648ce3d040302")),
    P384(
            "secp384r1",
            SECObjectIdentifiers.secp384r1,
            "301006072a8648ce3d020106052b81040022",
            new SignatureName("SHA384withECDSA", "300a06082a8648ce3d040303"));

    /** The JCA's name. */
    final String standardName;

    /** RFC 5480 §2.1.1, in DER. */
    final byte[] algorithmIdentifier;

    /** How a key on it signs its own certificate. */
    final SignatureName signature;

    private final ASN1ObjectIdentifier identifier;
    private volatile @Nullable ECDomainParameters domain;

    Curve(String standardName, ASN1ObjectIdentifier identifier, String algorithmIdentifier, SignatureName signature) {
        this.standardName = standardName;
        this.identifier = identifier;
        this.algorithmIdentifier = Der.hex(algorithmIdentifier);
        this.signature = signature;
    }

    /** The curve of a key; null when it is none of these. */
    static @Nullable Curve of(ECKey key) {
        for (Curve curve : values()) {
            ECDomainParameters domain = curve.domain();
            if (key.getParams().getOrder().equals(domain.getN())
                    && key.getParams()
                            .getGenerator()
                            .getAffineX()
                            .equals(domain.getG().getAffineXCoord().toBigInteger())) {
                return curve;
            }
        }
        return null;
    }

    ECDomainParameters domain() {
        ECDomainParameters known = domain;
        if (known == null) {
            X9ECParameters parameters = CustomNamedCurves.getByOID(identifier);
            known = new ECDomainParameters(
                    parameters.getCurve(), parameters.getG(), parameters.getN(), parameters.getH());
            domain = known;
        }
        return known;
    }
}
