package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunMessage;

import java.nio.ByteBuffer;

/** What tests look for in datagrams. */
final class HandMade {

    private HandMade() {}

    static StunMessage read(byte[] bytes) {
        return (StunMessage) StunDecoder.decode(ByteBuffer.wrap(bytes));
    }

    static boolean isRequest(byte[] bytes) {
        return read(bytes).messageClass() == StunClass.REQUEST;
    }

    static boolean isNomination(byte[] bytes) {
        StunMessage message = read(bytes);
        return message.messageClass() == StunClass.REQUEST && message.useCandidate();
    }
}
