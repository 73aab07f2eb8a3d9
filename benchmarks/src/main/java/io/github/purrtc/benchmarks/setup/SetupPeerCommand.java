package io.github.purrtc.benchmarks.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import picocli.CommandLine.Command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** One of the two processes: any number of connections, whose signalling goes by lines of JSON that name the connection. */
@Command(name = "setup-peer", hidden = true)
public final class SetupPeerCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<Integer, SignalledPeer> peers = new ConcurrentHashMap<>();

    @Override
    public Integer call() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                hear(MAPPER.readTree(line));
            }
        }
        return 0;
    }

    private void hear(JsonNode said) {
        int number = said.path("connection").asInt();
        String type = said.path("type").asText();
        boolean sctpInit = said.path("sctp_init").asBoolean();
        switch (type) {
            case "offerer" -> {
                SignalledPeer peer = new SignalledPeer(number, sctpInit);
                peers.put(number, peer);
                peer.offer();
            }
            case "answerer" -> peers.put(number, new SignalledPeer(number, sctpInit));
            case "end" -> {
                SignalledPeer ended = peers.remove(number);
                if (ended != null) {
                    ended.close();
                }
            }
            default -> {
                SignalledPeer peer = peers.get(number);
                if (peer != null) {
                    peer.hear(type, said);
                }
            }
        }
    }
}
