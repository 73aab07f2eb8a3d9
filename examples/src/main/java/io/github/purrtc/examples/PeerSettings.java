package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceRole;

import java.util.Set;

/**
 * How one end of a tool connects.
 *
 * @param name what the console calls it
 * @param types the candidates that it tells and takes
 */
record PeerSettings(String name, IceRole role, IceGatherOptions gathering, Set<CandidateType> types) {}
