package io.github.purrtc.examples;

import io.github.purrtc.PeerConnection;

import java.util.function.Supplier;

/**
 * How the echo server runs.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param connections makes each page's connection
 */
record EchoOptions(String host, int port, Supplier<PeerConnection> connections) {}
