package io.github.purrtc.ice.internal.stun;

/** An attribute that has no meaning here. */
public final class StunAttribute {

    private final int type;
    private final byte[] value;

    StunAttribute(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    public int type() {
        return type;
    }

    /** Without padding. */
    public byte[] value() {
        return value;
    }

    public boolean comprehensionRequired() {
        return type < Stun.FIRST_OPTIONAL_TYPE;
    }
}
