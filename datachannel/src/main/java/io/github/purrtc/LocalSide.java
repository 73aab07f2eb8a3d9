package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.sctp.SignalledInit;
import io.github.purrtc.sdp.Fingerprint;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MaxMessageSize;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SctpInit;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SetupRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.List;

/** What our descriptions say of ourselves. */
final class LocalSide implements DescriptionFactory.LocalTransport {
    /** Of {@code a=ice-options}: draft-thatcher-ice-renomination. */
    static final String RENOMINATION = "renomination";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SCTP_STREAMS = 65_535;
    private static final int TLS_ID_LENGTH = 32;
    private static final String TLS_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final PeerSession session;
    private final String tlsId = randomTlsId();

    LocalSide(PeerSession session) {
        this.session = session;
    }

    private static String randomTlsId() {
        StringBuilder id = new StringBuilder(TLS_ID_LENGTH);
        for (int i = 0; i < TLS_ID_LENGTH; i++) {
            id.append(TLS_ID_ALPHABET.charAt(RANDOM.nextInt(TLS_ID_ALPHABET.length())));
        }
        return id.toString();
    }

    @Override
    public SdpDialect dialect() {
        return session.configuration().sdpDialect();
    }

    @Override
    public BundlePolicy bundlePolicy() {
        return session.configuration().bundlePolicy();
    }

    @Override
    public SctpAttributes sctp() {
        MaxMessageSize size = session.configuration().messagesOfAnySize()
                ? MaxMessageSize.UNLIMITED
                : MaxMessageSize.of(session.configuration().maxMessageSize());
        return new SctpAttributes(session.configuration().sctpPort(), SCTP_STREAMS, size);
    }

    @Override
    public boolean signalsInit() {
        return session.configuration().sctpInit();
    }

    @Override
    public @Nullable SctpInit init(@Nullable TransportAttributes offered) {
        SignalledInit init = signalsInit() ? session.transports().init(offered) : null;
        return init == null ? null : SctpInit.of(init.toBytes());
    }

    @Override
    public TransportAttributes transport(SetupRole setup, boolean iceRestart) {
        Transports transports = session.transports();
        IceParameters ice = iceRestart ? transports.restartParameters() : transports.localIceParameters();
        List<Fingerprint> fingerprints = session.certificates().stream()
                .flatMap(certificate -> certificate.fingerprints().stream())
                .map(f -> new Fingerprint(f.algorithm(), f.value()))
                .toList();
        TransportAttributes described = TransportAttributes.trickling(
                        new IceCredentials(ice.usernameFragment(), ice.password()), setup, fingerprints, tlsId)
                .withIceOption(RENOMINATION);
        if (ice.lite()) {
            described = described.withIceLite();
        }
        for (Candidate candidate : iceRestart ? transports.candidatesForRestart() : transports.localCandidates()) {
            described = described.withCandidate(candidate.toString());
        }
        // With a restart interfaces are looked up again.
        boolean complete = session.view().iceGatheringState() == IceGatheringState.COMPLETE && !iceRestart;
        return complete ? described.withEndOfCandidates() : described;
    }

    @Override
    public boolean wantsIceRestart() {
        return session.wantsIceRestart();
    }

    @Override
    public boolean isRestart(IceCredentials remote) {
        Transports existing = session.existingTransports();
        return existing != null && existing.isRestart(remote);
    }

    @Override
    public @Nullable DtlsRole dtlsRole() {
        Transports existing = session.existingTransports();
        return existing == null ? null : existing.dtlsRole();
    }
}
