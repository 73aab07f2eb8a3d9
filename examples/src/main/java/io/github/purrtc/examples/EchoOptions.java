package io.github.purrtc.examples;

import io.github.purrtc.Configuration;

/**
 * How the echo server runs.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param connections how each page's connection is made
 */
record EchoOptions(String host, int port, Configuration connections) {}
