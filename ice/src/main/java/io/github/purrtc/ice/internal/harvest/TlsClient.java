package io.github.purrtc.ice.internal.harvest;

import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes TLS connections to servers: 1.2 or 1.3, with the certificate checked against the name that the URL has. */
public final class TlsClient {
    private static final int MOST_THREADS = 4;

    /** Certificates are checked apart from the loop. */
    private static final Executor CHECKS = HarvestThreads.newPool("purrtc-tls-", MOST_THREADS, new AtomicInteger());

    private final @Nullable SSLContext context;

    /** @param context null for the one of the JVM */
    public TlsClient(@Nullable SSLContext context) {
        this.context = context;
    }

    SslHandler newHandler(String host, int port) {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return new SslHandler(engine, CHECKS);
    }

    private SSLContext context() {
        if (context != null) {
            return context;
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }
}
