package io.github.purrtc.sdp;

import java.util.HashSet;
import java.util.List;

/**
 * Sections that share one transport: {@code a=group:BUNDLE} (RFC 9143 §5).
 *
 * @param mids the identification tags, the tagged section's first; a tag that names no section means nothing
 */
public record BundleGroup(List<String> mids) {
    /** Requires tokens, each one once. */
    public BundleGroup {
        mids = List.copyOf(mids);
        mids.forEach(mid -> Text.requireToken("identification tag", mid));
        if (new HashSet<>(mids).size() < mids.size()) {
            throw new ContentException("a BUNDLE group names a section twice");
        }
    }
}
