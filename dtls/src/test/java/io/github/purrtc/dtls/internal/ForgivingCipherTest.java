package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ForgivingCipherTest {
    /** A cipher that decodes to what it is told, an exception included. */
    private static ForgivingCipher decodingTo(Object result) {
        TlsCipher cipher = (TlsCipher) Proxy.newProxyInstance(
                ForgivingCipherTest.class.getClassLoader(), new Class<?>[] {TlsCipher.class}, (proxy, method, args) -> {
                    if (result instanceof Throwable e) {
                        throw e;
                    }
                    return result;
                });
        return new ForgivingCipher(cipher);
    }

    private static TlsDecodeResult decode(ForgivingCipher cipher) throws IOException {
        return cipher.decodeCiphertext(1, ContentType.handshake, ProtocolVersion.DTLSv12, new byte[10], 0, 10);
    }

    private static void assertDropped(Object result) {
        TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> decode(decodingTo(result)));
        assertEquals(AlertDescription.bad_record_mac, alert.getAlertDescription());
    }

    private static TlsDecodeResult fragment(int declared, int length) {
        byte[] body = {20, (byte) (declared >>> 16), (byte) (declared >>> 8), (byte) declared};
        byte[] bytes = new byte[length + 3];
        System.arraycopy(body, 0, bytes, 3, Math.min(4, length));
        return new TlsDecodeResult(bytes, 3, length, ContentType.handshake);
    }

    @Test
    void everyErrorIsABadMac() {
        assertDropped(new TlsFatalAlert(AlertDescription.decode_error));
        assertDropped(new TlsFatalAlert(AlertDescription.internal_error));
        assertDropped(new IllegalStateException("anything"));
        assertDropped(new IOException("anything"));
    }

    @Test
    void whatIsDecodedPasses() throws IOException {
        TlsDecodeResult data = new TlsDecodeResult(new byte[20], 0, 0, ContentType.application_data);
        assertSame(data, decode(decodingTo(data)));
        TlsDecodeResult finished = fragment(12, 24);
        assertSame(finished, decode(decodingTo(finished)));
    }

    @Test
    void anEncryptedMessageThatDeclaresMuchIsDropped() {
        for (int declared : new int[] {0xFFFFFF, 0x10000, 0x100, 65}) {
            assertDropped(fragment(declared, 24));
        }
        assertDropped(fragment(12, 11));
        assertDropped(fragment(12, 200));
    }
}
