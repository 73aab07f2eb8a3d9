package io.github.purrtc;

import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.IceTransport;

/** DTLS over what ICE has found. */
record SecuredPath(DtlsTransport dtls, IceTransport ice) implements PacketPath {
    @Override
    public boolean isWritable() {
        return dtls.state() == DtlsTransportState.CONNECTED && ice.isWritable();
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        dtls.send(buffer, offset, length);
    }

    @Override
    public void flush() {
        ice.flush();
    }

    @Override
    public void flushUnfragmented() {
        ice.flushUnfragmented();
    }

    @Override
    public long roundTripNanos() {
        return ice.roundTripNanos();
    }
}
