package io.github.purrtc.dtls;

/** The kinds of keys that certificates are made with. */
public enum KeyAlgorithm {
    /** RFC 8827 §6.5: what everybody takes, and the fastest. */
    ECDSA_P256,
    ECDSA_P384,
    RSA_2048,
    RSA_3072,
    RSA_4096
}
