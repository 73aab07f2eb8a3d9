package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;

/**
 * What came of one case with one peer.
 *
 * @param role ours
 * @param detail figures, what failed, or the evidence
 */
record Result(String name, Role role, Outcome outcome, String detail) {}
