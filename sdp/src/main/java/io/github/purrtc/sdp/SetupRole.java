package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Who opens the DTLS association: {@code a=setup} (RFC 4145 §4, RFC 8842 §5.1, which leaves no {@code holdconn}). */
public enum SetupRole {
    /** Sends the ClientHello. */
    ACTIVE("active"),
    /** Waits for the ClientHello. */
    PASSIVE("passive"),
    /** Either; the answer decides. Legal in an offer only. */
    ACTPASS("actpass");

    private final String value;

    SetupRole(String value) {
        this.value = value;
    }

    /**
     * The role to answer with: {@code passive} to {@code active}, else {@code active} (RFC 8842 §5.3).
     *
     * @param offered null where the offer names none, which stacks in the field read as {@code actpass}
     */
    public static SetupRole answering(@Nullable SetupRole offered) {
        return offered == ACTIVE ? PASSIVE : ACTIVE;
    }

    static SetupRole parse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "active" -> ACTIVE;
            case "passive" -> PASSIVE;
            case "actpass" -> ACTPASS;
            default -> throw new IllegalArgumentException("no setup role for DTLS: " + Text.quote(value));
        };
    }

    /** The attribute's value. */
    @Override
    public String toString() {
        return value;
    }
}
