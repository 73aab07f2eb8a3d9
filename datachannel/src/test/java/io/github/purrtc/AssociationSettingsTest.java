package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the configuration says of SCTP is what the association is made with. */
class AssociationSettingsTest {
    private static final int RECORD_OVERHEAD = 37;
    private static final AssociationSettings SETTINGS =
            new AssociationSettings(DtlsRole.CLIENT, 6_000, 5_001, Long.MAX_VALUE, RECORD_OVERHEAD);

    private static SctpOptions options(Configuration.Builder configuration) {
        return SETTINGS.options(configuration.build(), SharedMemory.UNBOUNDED);
    }

    @ParameterizedTest
    @EnumSource
    void congestionControlIsTheOneThatIsSet(CongestionAlgorithm algorithm) {
        assertEquals(
                algorithm,
                options(Configuration.builder().congestionControl(algorithm)).congestionControl());
    }

    @Test
    void portsAndBuffersAreThoseThatAreSet() {
        SctpOptions options = options(Configuration.builder()
                .receiveWindow(1_000_000)
                .maxMessageSize(70_000)
                .zeroChecksum(false));
        assertEquals(6_000, options.sourcePort());
        assertEquals(5_001, options.destinationPort());
        assertEquals(1_000_000, options.receiveWindow());
        assertEquals(70_000, options.maxInboundMessageSize());
        assertEquals(false, options.zeroChecksum());
    }

    @Test
    void packetsFitIntoTheDatagramsWithWhatDtlsAdds() {
        SctpOptions fixed =
                options(Configuration.builder().pathMtuDiscovery(false).maxDatagramSize(1_000));
        assertEquals(960, fixed.maxPacketSize());
        assertEquals(960, fixed.basePacketSize());
        SctpOptions discovered = options(Configuration.builder().maxDatagramSize(1_400));
        assertEquals(1_360, discovered.maxPacketSize());
        assertEquals(1_160, discovered.basePacketSize());
    }
}
