package io.github.purrtc.dtls;

/** The kinds of keys that certificates are made with. */
public enum KeyAlgorithm {
    /** RFC 8827 §6.5: what everybody takes, and the fastest. */
    ECDSA_P256,
    /** ECDSA with NIST's curve of 384 bits. */
    ECDSA_P384,
    /** RSA with 2,048 bits. */
    RSA_2048,
    /** RSA with 3,072 bits. */
    RSA_3072,
    /** RSA with 4,096 bits. */
    RSA_4096
}
