package io.github.purrtc.examples;

import io.github.purrtc.testing.OwnNetwork;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** The names that a real Chromium hides its addresses behind, looked up: {@link LinkNamesScenario} in a network of its own. */
class LinkNamesBrowserTest {
    private static final String BROWSERS = System.getProperty("purrtc.browsers", "1");
    private static final String SET_UP = "ip link set lo up && ip link add v0 type veth peer name v1"
            + " && ip addr add 10.77.0.1/24 dev v0 && ip link set v1 up && ip link set v0 up"
            + " && ip route add default via 10.77.0.2";

    @Test
    void aBrowserIsReachedByItsNamesAlone() throws Exception {
        Chromium.requireInstalled();
        String output = OwnNetwork.run(
                SET_UP, LinkNamesScenario.class, BROWSERS, OwnNetwork.LIMIT_SECONDS * Integer.parseInt(BROWSERS));
        assertTrue(output.contains("succeeded"), output);
    }
}
