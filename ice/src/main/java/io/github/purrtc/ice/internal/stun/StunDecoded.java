package io.github.purrtc.ice.internal.stun;

/** What a datagram turned out to be. */
public sealed interface StunDecoded permits StunMessage, MalformedStun {}
