package io.github.purrtc.peers;

/** Who gives way when both offer at once: webrtc-pc §10.7. */
enum Manners {
    POLITE,
    IMPOLITE;

    Manners others() {
        return this == POLITE ? IMPOLITE : POLITE;
    }
}
