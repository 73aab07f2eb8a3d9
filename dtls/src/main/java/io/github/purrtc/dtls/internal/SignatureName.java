package io.github.purrtc.dtls.internal;

/** A signature's algorithm: the JCA's name, and the AlgorithmIdentifier in DER, in hexadecimal. */
record SignatureName(String standardName, String algorithmIdentifier) {
    /** RFC 4055 §5. */
    static final SignatureName RSA = new SignatureName("SHA256withRSA", "300d06092a864886f70d01010b0500");
}
