package io.github.purrtc;

import io.github.purrtc.dtls.DtlsTransportState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.function.Consumer;

/**
 * The DTLS transport of a connection as others see it: webrtc-pc §5.5, {@code RTCDtlsTransport}. Another peer behind the same signalling
 * has another one.
 *
 * <p>Thread-safe; listeners run on the connection's event loop and must not block it. Closing the connection closes it without a word.
 */
public final class RtcDtlsTransport {
    private static final Logger LOGGER = LoggerFactory.getLogger(RtcDtlsTransport.class);

    private final RtcIceTransport iceTransport;
    private final StateCell<DtlsTransportState> state =
            new StateCell<>("DTLS statechange", DtlsTransportState.NEW, DtlsTransportState.CLOSED);
    private volatile List<byte[]> remoteCertificates = List.of();
    private volatile Consumer<RtcException> errorListener = error -> {};

    RtcDtlsTransport(RtcIceTransport iceTransport) {
        this.iceTransport = iceTransport;
    }

    /** What carries the records. */
    public RtcIceTransport iceTransport() {
        return iceTransport;
    }

    /** The state of the transport: webrtc-pc §5.5.1. */
    public DtlsTransportState state() {
        return state.get();
    }

    /** The peer's chain, its own certificate first, each in DER; empty before the transport is connected. */
    public List<byte[]> remoteCertificates() {
        return remoteCertificates.stream().map(byte[]::clone).toList();
    }

    /** Called with each new state, on the connection's event loop. */
    public RtcDtlsTransport onStateChange(Consumer<DtlsTransportState> listener) {
        state.listener(listener);
        return this;
    }

    /** Called with the cause, an OperationError with {@linkplain RtcException#details details}, before the state is failed. */
    public RtcDtlsTransport onError(Consumer<RtcException> listener) {
        errorListener = listener;
        return this;
    }

    // From here on: the loop's.

    void enter(DtlsTransportState next) {
        state.enter(next);
    }

    void setRemoteCertificates(List<byte[]> certificates) {
        remoteCertificates = certificates;
    }

    void fail(RtcException cause) {
        try {
            errorListener.accept(cause);
        } catch (RuntimeException | Error e) {
            LOGGER.error("The error listener failed", e);
        }
    }

    /** From any thread. */
    void close() {
        state.close();
    }
}
