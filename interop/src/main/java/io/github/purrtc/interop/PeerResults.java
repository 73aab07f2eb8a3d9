package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;

import java.util.List;
import java.util.Optional;

/**
 * What came of all cases with one peer.
 *
 * @param version as the peer tells it
 * @param day of the run, ISO 8601
 */
record PeerResults(Kind kind, String version, Scale scale, String day, List<Result> results) {
    Optional<Result> result(Case of, Role role) {
        return results.stream()
                .filter(result -> result.name().equals(of.name()) && result.role() == role)
                .findFirst();
    }
}
