package io.github.purrtc.dtls.internal;

import java.util.concurrent.ExecutorService;

class BouncyCastleEngineTest extends EngineSuite {
    @Override
    DtlsEngine engine(EngineSettings settings, ExecutorService loop, ExecutorService handshakes, DtlsEngine.Host host) {
        return new BouncyCastleEngine(settings, loop, handshakes, host);
    }
}
