package io.github.purrtc.ice;

import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A router that speaks UPnP, as far as mapping ports takes it. */
final class FakeGateway implements AutoCloseable {
    static final String EXTERNAL_ADDRESS = "203.0.113.5";

    private static final String TYPE = "urn:schemas-upnp-org:service:WANIPConnection:1";
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern EXTERNAL_PORT = Pattern.compile("<NewExternalPort>(\\d+)</NewExternalPort>");

    final Set<Integer> mapped = ConcurrentHashMap.newKeySet();
    final Set<Integer> unmapped = ConcurrentHashMap.newKeySet();
    private final MulticastSocket discovery;
    private final ServerSocket control;

    FakeGateway(NetworkInterface inside, InetAddress address) throws IOException {
        control = new ServerSocket(0, 10, address);
        start(this::answerRequests);
        discovery = new MulticastSocket(1_900);
        discovery.joinGroup(new InetSocketAddress("239.255.255.250", 1_900), inside);
        start(this::answerSearches);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake-gateway");
        thread.setDaemon(true);
        thread.start();
    }

    private String url(String path) {
        return "http://" + control.getInetAddress().getHostAddress() + ":" + control.getLocalPort() + path;
    }

    private void answerSearches() {
        byte[] room = new byte[1_500];
        try {
            while (true) {
                DatagramPacket search = new DatagramPacket(room, room.length);
                discovery.receive(search);
                if (new String(room, 0, search.getLength(), StandardCharsets.US_ASCII).startsWith("M-SEARCH")) {
                    byte[] answer =
                            ("HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nLOCATION: "
                                            + url("/description.xml") + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII);
                    discovery.send(new DatagramPacket(answer, answer.length, search.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void answerRequests() {
        try {
            while (true) {
                try (Socket socket = control.accept()) {
                    byte[] body = answer(read(socket)).getBytes(StandardCharsets.UTF_8);
                    String head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: "
                            + body.length + "\r\n\r\n";
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(body);
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    /** The head and the body of one request. */
    private static String read(Socket socket) throws IOException {
        StringBuilder request = new StringBuilder();
        int missing = -1;
        while (missing != 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException();
            }
            request.append((char) next);
            missing = Math.max(-1, missing - 1);
            if (missing < 0 && request.toString().endsWith("\r\n\r\n")) {
                Matcher length = CONTENT_LENGTH.matcher(request);
                missing = length.find() ? Integer.parseInt(length.group(1)) : 0;
            }
        }
        return request.toString();
    }

    private String answer(String request) {
        Matcher port = EXTERNAL_PORT.matcher(request);
        if (request.startsWith("GET /description.xml")) {
            return "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>"
                    + "<deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>"
                    + "<serviceList><service><serviceType>" + TYPE + "</serviceType>"
                    + "<controlURL>/control</controlURL><eventSubURL>/events</eventSubURL><SCPDURL>/scpd</SCPDURL>"
                    + "</service></serviceList></device></root>";
        }
        if (request.contains("GetStatusInfo")) {
            return response("GetStatusInfo", "<NewConnectionStatus>Connected</NewConnectionStatus>");
        }
        if (request.contains("GetExternalIPAddress")) {
            return response(
                    "GetExternalIPAddress", "<NewExternalIPAddress>" + EXTERNAL_ADDRESS + "</NewExternalIPAddress>");
        }
        if (request.contains("AddPortMapping") && port.find()) {
            mapped.add(Integer.valueOf(port.group(1)));
            return response("AddPortMapping", "");
        }
        if (request.contains("DeletePortMapping") && port.find()) {
            unmapped.add(Integer.valueOf(port.group(1)));
            return response("DeletePortMapping", "");
        }
        throw new AssertionError("what is " + request);
    }

    private static String response(String action, String content) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><u:"
                + action + "Response xmlns:u=\"" + TYPE + "\">" + content + "</u:" + action
                + "Response></s:Body></s:Envelope>";
    }

    @Override
    public void close() throws IOException {
        discovery.close();
        control.close();
    }
}
