package io.github.purrtc.ice.internal.stun;

/** An attribute that has no meaning here; the value is without padding. */
public record StunAttribute(int type, byte[] value) {

    public boolean comprehensionRequired() {
        return type < Stun.FIRST_OPTIONAL_TYPE;
    }
}
