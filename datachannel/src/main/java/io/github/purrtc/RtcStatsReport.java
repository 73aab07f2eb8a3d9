package io.github.purrtc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link PeerConnection#getStats} found: webrtc-pc §8.4.2, {@code RTCStatsReport}.
 *
 * @param stats by their id
 */
public record RtcStatsReport(Map<String, RtcStats> stats) {
    /** Keeps the order of the entries. */
    public RtcStatsReport {
        stats = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(stats));
    }

    static RtcStatsReport of(Collection<? extends RtcStats> all) {
        Map<String, RtcStats> byId = new LinkedHashMap<>();
        all.forEach(stats -> byId.put(stats.id(), stats));
        return new RtcStatsReport(byId);
    }

    /** Those of one kind. */
    public <T extends RtcStats> List<T> of(Class<T> kind) {
        return stats.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * A JSON object with a member for each id, as {@code JSON.stringify} of the entries of a browser's report has it; timestamps are
     * milliseconds since 1970, what is not known is left out.
     */
    public String toJson() {
        return StatsJson.write(this);
    }
}
