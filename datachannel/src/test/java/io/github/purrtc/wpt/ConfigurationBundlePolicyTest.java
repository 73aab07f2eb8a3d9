package io.github.purrtc.wpt;

import io.github.purrtc.BundlePolicy;
import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.2.6. */
@DisplayName("RTCConfiguration-bundlePolicy.html")
class ConfigurationBundlePolicyTest {
    private static Configuration of(BundlePolicy policy) {
        return Configuration.builder().bundlePolicy(policy).build();
    }

    @Test
    @DisplayName("Default bundlePolicy should be balanced")
    void byDefault() {
        try (PeerConnection pc = new PeerConnection()) {
            assertEquals(BundlePolicy.BALANCED, pc.configuration().bundlePolicy());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "new RTCPeerConnection({ bundlePolicy: 'balanced' }) should succeed | BALANCED",
                "new RTCPeerConnection({ bundlePolicy: 'max-compat' }) should succeed | MAX_COMPAT",
                "new RTCPeerConnection({ bundlePolicy: 'max-bundle' }) should succeed | MAX_BUNDLE"
            })
    void given(String name, BundlePolicy policy) {
        try (PeerConnection pc = new PeerConnection(of(policy))) {
            assertEquals(policy, pc.configuration().bundlePolicy());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "setConfiguration({}) with initial default bundlePolicy balanced should succeed | BALANCED",
                "setConfiguration({}) with initial bundlePolicy balanced should succeed | BALANCED",
                "setConfiguration({ bundlePolicy: balanced }) with initial default bundlePolicy balanced should succeed | BALANCED",
                "setConfiguration({ bundlePolicy: 'balanced' }) with initial bundlePolicy balanced should succeed | BALANCED",
                "setConfiguration({ bundlePolicy: 'max-compat' }) with initial bundlePolicy max-compat should succeed | MAX_COMPAT",
                "setConfiguration({ bundlePolicy: 'max-bundle' }) with initial bundlePolicy max-bundle should succeed | MAX_BUNDLE"
            })
    void setAgain(String name, BundlePolicy policy) {
        try (PeerConnection pc = new PeerConnection(of(policy))) {
            pc.setConfiguration(name.contains("({})") ? Configuration.builder().build() : of(policy));
            assertEquals(policy, pc.configuration().bundlePolicy());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "setConfiguration({ bundlePolicy: 'max-compat' }) with initial bundlePolicy max-bundle should throw InvalidModificationError | MAX_COMPAT",
                "setConfiguration({}) with initial bundlePolicy max-bundle should throw InvalidModificationError | BALANCED"
            })
    void changed(String name, BundlePolicy policy) {
        try (PeerConnection pc = new PeerConnection(of(BundlePolicy.MAX_BUNDLE))) {
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, Wpt.call(() -> {
                pc.setConfiguration(of(policy));
                return policy;
            }));
            assertEquals(BundlePolicy.MAX_BUNDLE, pc.configuration().bundlePolicy());
        }
    }
}
