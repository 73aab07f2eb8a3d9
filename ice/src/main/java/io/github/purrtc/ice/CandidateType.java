package io.github.purrtc.ice;

/** The types of candidates (RFC 8445 §5.1.1). */
public enum CandidateType {
    /** An address of this host. */
    HOST("host", 126),
    /** What a STUN server sees. */
    SERVER_REFLEXIVE("srflx", 100),
    /** What the peer sees, learned from checks. */
    PEER_REFLEXIVE("prflx", 110),
    /** An address at a TURN server. */
    RELAYED("relay", 0);

    private final String token;
    private final int preference;

    CandidateType(String token, int preference) {
        this.token = token;
        this.preference = preference;
    }

    /** The word that stands for this type after {@code typ} (RFC 8839 §5.1). */
    public String token() {
        return token;
    }

    /** The recommended type preference, 0 to 126 (RFC 8445 §5.1.2.2). */
    public int preference() {
        return preference;
    }
}
