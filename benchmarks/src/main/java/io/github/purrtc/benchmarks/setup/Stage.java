package io.github.purrtc.benchmarks.setup;

/** How far a connection has got: what the offering side sees, and last what the other one does. */
enum Stage {
    /** A is about to make its offer. */
    BEGUN("", ""),
    ANSWERED("the answer is there", "signalling: offer and answer"),
    REACHED("ICE has a pair", "ICE: a check and its answer"),
    SECURED("DTLS is up", "DTLS: four flights, of which the answering side begins the first as soon as it has a pair"),
    OPENED("the channel is open", "SCTP: INIT and INIT ACK; nothing with `a=sctp-init`"),
    HEARD(
            "the message is there",
            "half a round trip for COOKIE ECHO, DATA_CHANNEL_OPEN and the message, in one packet; without COOKIE ECHO with"
                    + " `a=sctp-init`");

    final String text;
    final String purpose;

    Stage(String text, String purpose) {
        this.text = text;
        this.purpose = purpose;
    }
}
