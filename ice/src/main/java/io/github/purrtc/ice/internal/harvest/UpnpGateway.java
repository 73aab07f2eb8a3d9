package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.IpLiteral;
import org.bitlet.weupnp.GatewayDevice;
import org.bitlet.weupnp.GatewayDiscover;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An Internet gateway device of UPnP, by the library that comes with ice4j. All of it blocks. */
final class UpnpGateway {
    private static final Logger LOG = LoggerFactory.getLogger(UpnpGateway.class);

    /** Three kinds of devices are looked for in turn; with all of them it stays within the five seconds of gathering. */
    private static final int SEARCH_MILLIS = 1_400;

    private static final int HTTP_MILLIS = 2_000;
    private static final String UDP = "UDP";

    private final GatewayDevice device;
    private final InetAddress external;

    private UpnpGateway(GatewayDevice device, InetAddress external) {
        this.device = device;
        this.external = external;
    }

    /** Null if the network has none that is connected. */
    static @Nullable UpnpGateway find() throws IOException {
        AutomaticModules.read();
        GatewayDiscover search = new GatewayDiscover();
        search.setTimeout(SEARCH_MILLIS);
        GatewayDevice.setHttpReadTimeout(HTTP_MILLIS);
        try {
            search.discover();
            GatewayDevice device = search.getValidGateway();
            String address = device == null ? null : device.getExternalIPAddress();
            InetAddress external = address == null ? null : IpLiteral.parse(address);
            return device == null || external == null ? null : new UpnpGateway(device, external);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("the gateway's answer is malformed", e);
        }
    }

    /** The address of ours that the gateway is reached from. */
    InetAddress local() {
        return device.getLocalAddress();
    }

    /** What packets for that local port have to be sent to from now on; null if the gateway refuses. */
    @Nullable
    InetSocketAddress map(InetSocketAddress local) throws IOException {
        String inside = IpLiteral.format(local.getAddress());
        try {
            return device.addPortMapping(local.getPort(), local.getPort(), inside, UDP, "WebRTC")
                    ? new InetSocketAddress(external, local.getPort())
                    : null;
        } catch (SAXException e) {
            throw new IOException("the gateway's answer is malformed", e);
        }
    }

    void unmap(int port) {
        try {
            device.deletePortMapping(port, UDP);
        } catch (IOException | SAXException e) {
            LOG.debug("The gateway keeps port {}: {}", port, e.getMessage());
        }
    }
}
