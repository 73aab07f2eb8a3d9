package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Candidates of the peer that came before the description that they belong to was set to work. */
final class EarlyCandidates {

    private static final int MAX_CANDIDATES = 100;

    private final List<Candidate> candidates = new ArrayList<>(0);
    private @Nullable String endOf;
    private boolean ended;

    /** False if there is no room. */
    boolean keep(Candidate candidate) {
        return candidates.size() < MAX_CANDIDATES && candidates.add(candidate);
    }

    void end(@Nullable String usernameFragment) {
        ended = true;
        endOf = usernameFragment;
    }

    /** Hands over those of the generation that starts; those of others are old and forgotten. */
    void take(String usernameFragment, Generation starting) {
        for (Candidate candidate : candidates) {
            String fragment = candidate.usernameFragment();
            if (fragment == null || fragment.equals(usernameFragment)) {
                starting.addRemote(candidate);
            } else {
                starting.session.drop(DropReason.CANDIDATE_IGNORED);
            }
        }
        candidates.clear();
        if (ended && (endOf == null || endOf.equals(usernameFragment))) {
            starting.endOfRemote();
        }
        ended = false;
    }
}
