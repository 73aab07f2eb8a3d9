package io.github.purrtc.examples;

import io.github.purrtc.SctpParameters;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransportState;

import java.nio.ByteBuffer;

/** What is carried by DTLS: SCTP with channels, SCTP's packets as they are, or nothing. All on the loop but {@link #localParameters}. */
interface DataLayer {
    /** Nothing: the DTLS transport is all there is. */
    DataLayer NONE = new DataLayer() {};

    default SctpParameters localParameters() {
        return new SctpParameters(5_000, 0);
    }

    default void start(DtlsRole role, SctpParameters remote) {}

    default void onDtlsStateChange(DtlsTransportState state) {}

    default void receive(ByteBuffer packet) {}

    default void endOfBurst() {}

    default void onWritable() {}

    default void onPathChange() {}

    default void stop() {}
}
