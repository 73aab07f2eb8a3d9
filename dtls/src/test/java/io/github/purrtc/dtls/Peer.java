package io.github.purrtc.dtls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One end, with a record of what it was told, to be looked at on the loop. */
final class Peer implements DtlsTransport.Listener, DatagramSink {
    final Loop loop;
    final DtlsCertificate certificate;
    final DtlsTransport transport;
    final List<DtlsTransportState> states = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final List<DtlsException> errors = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    private final List<byte[]> unflushed = new ArrayList<>();

    Impairment impairment = Impairment.NONE;
    Consumer<ByteBuffer> onReceive = plaintext -> {};
    Peer remote = this;
    int flushes;

    Peer(Loop loop, DtlsCertificate certificate, DtlsOptions options, Executor handshakes) {
        this(loop, certificate, options, Handshakes.on(handshakes));
    }

    Peer(Loop loop, DtlsCertificate certificate, DtlsOptions options, Handshakes handshakes) {
        this(loop, List.of(certificate), options, handshakes);
    }

    Peer(Loop loop, List<DtlsCertificate> certificates, DtlsOptions options, Handshakes handshakes) {
        this.loop = loop;
        this.certificate = certificates.get(0);
        this.transport = new DtlsTransport(certificates, options, loop, DtlsTimer.on(loop), handshakes, this, this);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, offset, datagram, 0, length);
        unflushed.add(datagram);
    }

    @Override
    public void flush() {
        flushes++;
        List<byte[]> burst = List.copyOf(unflushed);
        unflushed.clear();
        for (byte[] datagram : burst) {
            sent.add(datagram);
            impairment.pass(datagram).forEach(this::deliver);
        }
    }

    private void deliver(byte[] datagram) {
        Peer to = remote;
        loop.execute(() -> to.transport.receive(direct(datagram)));
    }

    static ByteBuffer direct(byte[] datagram) {
        return ByteBuffer.allocateDirect(datagram.length).put(datagram).flip();
    }

    @Override
    public void onStateChange(DtlsTransportState state) {
        states.add(state);
    }

    @Override
    public void onApplicationData(ByteBuffer plaintext) {
        onReceive.accept(plaintext);
        received.add(StandardCharsets.UTF_8.decode(plaintext).toString());
    }

    @Override
    public void onError(DtlsException cause) {
        errors.add(cause);
    }

    void start(DtlsRole role, List<Fingerprint> fingerprints) {
        loop.run(() -> transport.start(role, fingerprints));
    }

    void send(String message) {
        loop.run(() -> sendOnLoop(message));
    }

    void sendOnLoop(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        transport.send(bytes, 0, bytes.length);
        flush();
    }

    /** Hands a datagram in as if it came from the network. */
    void inject(byte[] datagram) {
        loop.run(() -> transport.receive(ByteBuffer.wrap(datagram)));
    }

    void close() {
        loop.run(transport::close);
    }

    void awaitState(DtlsTransportState state) {
        loop.await(() -> transport.state() + " to become " + state + " " + errors, () -> transport.state() == state);
    }

    void awaitReceived(String... messages) {
        loop.await(() -> received + " to become " + List.of(messages), () -> received.equals(List.of(messages)));
    }
}
