package io.github.purrtc.ice;

import io.github.purrtc.testing.OwnNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What takes interfaces of its own: each {@link NamespaceScenario} in a JVM in a network namespace, which root can make. */
class NetworkNamespaceTest {
    @ParameterizedTest
    @EnumSource
    void succeedsInANetworkOfItsOwn(NamespaceScenario scenario) throws Exception {
        String output = OwnNetwork.run(scenario.setUp(), NamespaceScenario.class, scenario.name());
        assertTrue(output.contains("succeeded"), output);
    }
}
