package io.github.purrtc;

/** What a session description is: webrtc-pc §4.6.1. */
public enum SdpType {
    /** An offer. */
    OFFER("offer"),

    /** A provisional answer. */
    PRANSWER("pranswer"),

    /** A final answer. */
    ANSWER("answer"),

    /** Back to the last stable state; the description has no text. */
    ROLLBACK("rollback");

    private final String value;

    SdpType(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }

    /**
     * The type with the W3C's name.
     *
     * @throws RtcException a TypeError, if there is none
     */
    public static SdpType of(String value) {
        for (SdpType type : values()) {
            if (type.value.equals(value)) {
                return type;
            }
        }
        throw new RtcException(ErrorName.TYPE_ERROR, "no type of session description: " + value);
    }
}
