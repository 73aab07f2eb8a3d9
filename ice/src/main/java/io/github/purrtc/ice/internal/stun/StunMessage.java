package io.github.purrtc.ice.internal.stun;

import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that was read. Attributes after MESSAGE-INTEGRITY, and second ones of a type, are not in it (RFC 8489 §14).
 * Nothing in it is to be trusted before {@link #isAuthentic} has said so.
 */
public final class StunMessage implements StunDecoded {

    static final int ABSENT = -1;

    private final byte[] bytes;
    private final StunClass messageClass;
    private final int method;
    private final TransactionId id;

    @Nullable
    String username;

    @Nullable
    String realm;

    byte @Nullable [] nonce;

    long priority = ABSENT;
    boolean useCandidate;

    @Nullable
    IceRole role;

    long tieBreaker;

    @Nullable
    InetSocketAddress mappedAddress;

    @Nullable
    InetSocketAddress xorMappedAddress;

    int errorCode = ABSENT;
    String errorReason = "";
    long nomination = ABSENT;
    int integrityOffset = ABSENT;
    boolean fingerprint;
    final List<Integer> unknownAttributes = new ArrayList<>(0);
    final List<StunAttribute> others = new ArrayList<>(0);

    StunMessage(byte[] bytes, StunClass messageClass, int method, TransactionId id) {
        this.bytes = bytes;
        this.messageClass = messageClass;
        this.method = method;
        this.id = id;
    }

    public StunClass messageClass() {
        return messageClass;
    }

    public int method() {
        return method;
    }

    public TransactionId id() {
        return id;
    }

    public @Nullable String username() {
        return username;
    }

    /** Of the long-term credential mechanism (RFC 8489 §9.2). */
    public @Nullable String realm() {
        return realm;
    }

    public byte @Nullable [] nonce() {
        return nonce;
    }

    /** The value of the first such attribute among {@link #others}, or null. */
    public byte @Nullable [] other(int type) {
        for (StunAttribute attribute : others) {
            if (attribute.type() == type) {
                return attribute.value();
            }
        }
        return null;
    }

    /** An attribute of the form of XOR-MAPPED-ADDRESS among {@link #others}; null if absent or not of the form. */
    public @Nullable InetSocketAddress otherXorAddress(int type) {
        byte[] value = other(type);
        return value == null ? null : StunAddress.read(value, 0, value.length, StunAddress.mask(id));
    }

    /** An attribute of the form of MAPPED-ADDRESS among {@link #others}; null if absent or not of the form. */
    public @Nullable InetSocketAddress otherAddress(int type) {
        byte[] value = other(type);
        return value == null ? null : StunAddress.read(value, 0, value.length, null);
    }

    /** PRIORITY, 0 to 2^32 − 1, or −1 if absent. */
    public long priority() {
        return priority;
    }

    public boolean useCandidate() {
        return useCandidate;
    }

    /** The role that the sender says it has, by ICE-CONTROLLING or ICE-CONTROLLED. */
    public @Nullable IceRole role() {
        return role;
    }

    /** The value of that attribute, unsigned; without meaning if {@link #role} is null. */
    public long tieBreaker() {
        return tieBreaker;
    }

    /** XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS where there is no other. */
    public @Nullable InetSocketAddress mappedAddress() {
        return xorMappedAddress != null ? xorMappedAddress : mappedAddress;
    }

    /** ERROR-CODE, 300 to 699, or −1 if absent. */
    public int errorCode() {
        return errorCode;
    }

    public String errorReason() {
        return errorReason;
    }

    /** The attribute of renomination, or −1 if absent. */
    public long nomination() {
        return nomination;
    }

    /** The types that UNKNOWN-ATTRIBUTES lists. */
    public List<Integer> unknownAttributes() {
        return unknownAttributes;
    }

    /** The attributes that are none of the above, in their order. */
    public List<StunAttribute> others() {
        return others;
    }

    /** Whether there is an attribute that is not understood and must be (RFC 8489 §6.3). */
    public boolean hasUnknownRequired() {
        return others.stream().anyMatch(StunAttribute::comprehensionRequired);
    }

    /** Whether a FINGERPRINT is there; a wrong one makes the message malformed. */
    public boolean hasFingerprint() {
        return fingerprint;
    }

    public boolean hasIntegrity() {
        return integrityOffset != ABSENT;
    }

    /** Whether there is a MESSAGE-INTEGRITY that was made with this key. */
    public boolean isAuthentic(ShortTermKey key) {
        return integrityOffset != ABSENT && key.verify(bytes, integrityOffset);
    }
}
