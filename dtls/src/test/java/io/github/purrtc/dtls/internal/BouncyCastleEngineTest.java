package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsTimer;

import java.util.concurrent.ExecutorService;

class BouncyCastleEngineTest extends EngineSuite {
    @Override
    DtlsEngine engine(EngineSettings settings, ExecutorService loop, ExecutorService handshakes, DtlsEngine.Host host) {
        return new BouncyCastleEngine(settings, loop, DtlsTimer.on(loop), handshakes, host);
    }
}
