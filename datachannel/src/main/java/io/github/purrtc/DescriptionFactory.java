package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.sdp.ApplicationSection;
import io.github.purrtc.sdp.BundleGroup;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MediaSection;
import io.github.purrtc.sdp.Origin;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SctpInit;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.SetupRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Makes offers and answers (RFC 9429 §5.2, §5.3) with the one section that data channels need. Confined to the loop. */
final class DescriptionFactory {
    private final LocalTransport local;
    private Origin origin;

    /** What our descriptions say of ourselves. */
    interface LocalTransport {
        SdpDialect dialect();

        BundlePolicy bundlePolicy();

        /** Without an INIT. */
        SctpAttributes sctp();

        /** Whether an INIT is offered, and answered with: draft-hancke-tsvwg-snap. */
        boolean signalsInit();

        /**
         * Our INIT, of the association that there is or is to be; null where that begins otherwise.
         *
         * @param offered what the peer says of itself in an offer, null where the offer is ours
         */
        @Nullable
        SctpInit init(@Nullable TransportAttributes offered);

        /**
         * With the candidates gathered so far.
         *
         * @param iceRestart whether it is to have other ICE credentials than those in use
         */
        TransportAttributes transport(SetupRole setup, boolean iceRestart);

        /** Whether credentials of ours are to be replaced by the next offer: webrtc-pc §4.4.1, LocalIceCredentialsToReplace. */
        boolean wantsIceRestart();

        /** Whether a peer with these credentials has restarted ICE. */
        boolean isRestart(IceCredentials remote);

        /** The role of the DTLS association that there is, if there is one. */
        @Nullable
        DtlsRole dtlsRole();
    }

    DescriptionFactory(long sessionId, LocalTransport local) {
        this.local = local;
        origin = Origin.purrtc(sessionId);
    }

    /** RFC 9429 §5.2.1: each description that was set is followed by a higher version. */
    void nextOrigin() {
        origin = origin.next();
    }

    /**
     * An offer. Without data channels it has no section.
     *
     * @param base the local description that was agreed on last
     */
    SdpDocument offer(@Nullable SdpDocument base, boolean wantsDataSection, boolean iceRestart) {
        boolean restart = iceRestart || local.wantsIceRestart();
        if (base == null) {
            return wantsDataSection
                    ? freshOffer(unusedMid(List.of()), restart)
                    : new SdpDocument(origin, TransportAttributes.NONE, List.of(), List.of());
        }
        SdpDocument current = base.withOrigin(origin);
        int index = current.applicationIndex();
        if (index >= 0) {
            return withFreshTransport(current, index, restart);
        }
        return wantsDataSection ? withDataSection(current, restart) : current;
    }

    private SdpDocument freshOffer(String mid, boolean restart) {
        return SdpDocument.offer(
                origin,
                local.dialect(),
                mid,
                local.sctp().withInit(local.init(null)),
                local.transport(SetupRole.ACTPASS, restart));
    }

    /** RFC 9429 §5.2.2: sections keep their places. */
    private SdpDocument withFreshTransport(SdpDocument base, int index, boolean restart) {
        ApplicationSection section = (ApplicationSection) base.sections().get(index);
        TransportAttributes fresh = local.transport(SetupRole.ACTPASS, restart);
        return base.withSection(
                index,
                section.withInit(local.init(null))
                        .withTransport(new TransportAttributes(
                                fresh.ice(),
                                List.of(),
                                false,
                                SetupRole.ACTPASS,
                                fresh.fingerprints(),
                                fresh.tlsId(),
                                fresh.candidates(),
                                fresh.endOfCandidates())));
    }

    /** RFC 9429 §5.2.2: takes the place of a section that was rejected, else the next one. */
    private SdpDocument withDataSection(SdpDocument base, boolean restart) {
        List<MediaSection> sections = new ArrayList<>(base.sections());
        int index = 0;
        while (index < sections.size() && !sections.get(index).isRejected()) {
            index++;
        }
        if (index < sections.size()) {
            sections.remove(index);
        }
        String mid = unusedMid(sections);
        SdpDocument fresh = freshOffer(mid, restart);
        sections.add(index, fresh.sections().get(0));
        return new SdpDocument(base.origin(), fresh.session(), List.of(new BundleGroup(List.of(mid))), sections);
    }

    /**
     * RFC 9429 §5.2.1: short, and it tells nothing. It is the one that browsers begin with, as Chromium keeps its own when it takes back its
     * offer for one of ours, and cannot answer where that has another.
     */
    private static String unusedMid(List<MediaSection> sections) {
        int mid = 0;
        while (isUsed(String.valueOf(mid), sections)) {
            mid++;
        }
        return String.valueOf(mid);
    }

    private static boolean isUsed(String mid, List<MediaSection> sections) {
        return sections.stream().anyMatch(section -> mid.equals(section.mid()));
    }

    SdpDocument answer(SdpDocument offer) {
        int index = offer.applicationIndex();
        // RFC 9429 §5.3.1: max-bundle takes nothing that needs a transport beside the first section's.
        if (index < 0 || (local.bundlePolicy() == BundlePolicy.MAX_BUNDLE && !offer.isBundledWithFirst(index))) {
            return offer.rejection(origin);
        }
        TransportAttributes offered = offer.transport(index);
        SetupRole setup = answeringSetup(offered.setup());
        SctpInit init = SctpInits.init(offer) == null ? null : local.init(offered);
        return offer.answer(
                origin, local.sctp().withInit(init), local.transport(setup, local.isRestart(offered.credentials())));
    }

    /** RFC 8842 §5.3: an association that exists keeps its roles. */
    private SetupRole answeringSetup(@Nullable SetupRole offered) {
        DtlsRole role = local.dtlsRole();
        if (role != null && (offered == null || offered == SetupRole.ACTPASS)) {
            return role == DtlsRole.CLIENT ? SetupRole.ACTIVE : SetupRole.PASSIVE;
        }
        return SetupRole.answering(offered);
    }
}
