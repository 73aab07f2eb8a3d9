package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;

/** Whether offer and answer have to be exchanged, and whether that was said: webrtc-pc §4.7.3. Confined to the loop. */
final class NegotiationNeed {
    private final NetworkLoop loop;
    private final OperationsChain chain;
    private final Subject subject;
    private boolean told;

    /** The connection, as far as it matters here. */
    interface Subject {
        boolean isStable();

        boolean needsNegotiation();

        void onNegotiationNeeded();
    }

    NegotiationNeed(NetworkLoop loop, OperationsChain chain, Subject subject) {
        this.loop = loop;
        this.chain = chain;
        this.subject = subject;
    }

    /** Something happened that may need a negotiation. */
    void update() {
        if (chain.isEmpty()) {
            loop.execute(this::check);
        } else {
            chain.whenEmpty(this::update);
        }
    }

    /** A negotiation has ended; what it did not settle is told anew. */
    void onStable() {
        told = false;
        update();
    }

    private void check() {
        if (!chain.isEmpty()) {
            chain.whenEmpty(this::update);
        } else if (subject.isStable()) {
            boolean needed = subject.needsNegotiation();
            boolean tell = needed && !told;
            told = needed;
            if (tell) {
                subject.onNegotiationNeeded();
            }
        }
    }
}
