package io.github.purrtc.sctp;

import java.nio.ByteBuffer;

/**
 * A message from the peer.
 *
 * @param payload a heap buffer that belongs to the receiver; position to limit is the whole message
 */
public record SctpMessage(int streamId, int payloadProtocolId, boolean unordered, ByteBuffer payload) {}
