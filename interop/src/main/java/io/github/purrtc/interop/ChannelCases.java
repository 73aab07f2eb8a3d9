package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.interop.Pair.Connected;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;

/** Channels of every kind, made by each side, many at once, closed and made again. */
final class ChannelCases {
    private static final int MANY = 64;
    private static final int ROUNDS = 3;
    private static final int LABEL_BYTES = 65_535;
    private static final int AGREED_ID = 100;

    private ChannelCases() {}

    static List<Case> all() {
        return List.of(
                kind("ordered", "ordered"),
                kind("unordered", "unordered", "ordered", false),
                kind("retransmits-0", "unordered, maxRetransmits 0", "ordered", false, "maxRetransmits", 0),
                kind("retransmits-3", "maxRetransmits 3", "maxRetransmits", 3),
                kind("lifetime", "maxPacketLifeTime", "maxPacketLifeTime", 500, "protocol", "tried"),
                new Case("negotiated", "pre-negotiated", ChannelCases::negotiated),
                new Case(
                        "negotiated-again",
                        "pre-negotiated on an open connection, closed by each side, again with the same id",
                        ChannelCases::negotiatedAgain),
                new Case("label", "label of 65,535 bytes", ChannelCases::longLabel),
                new Case("channels-64", "64 channels", ChannelCases::many),
                new Case("closed-by-us", "channels closed by us, ids used again", bench -> closed(bench, bench.us())),
                new Case(
                        "closed-by-peer",
                        "channels closed by the peer, ids used again",
                        bench -> closed(bench, bench.them())));
    }

    private static Case kind(String name, String title, Object... options) {
        return new Case(name, title, bench -> made(bench, Json.of(options)));
    }

    /** By each side, and the other has to see what was asked for. */
    private static String made(Bench bench, ObjectNode options) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        for (Peer by : List.of(bench.us(), bench.them())) {
            List<Object> all = new ArrayList<>(List.of("label", "by " + by.name()));
            for (Entry<String, JsonNode> field : options.properties()) {
                all.add(field.getKey());
                all.add(field.getValue());
            }
            Wire wire = connected.pair().open(by, all.toArray());
            compare(options, wire.nearSide());
            compare(options, wire.farSide());
            wire.exchange();
        }
        return "";
    }

    /** What an API does not tell cannot be compared. */
    private static void compare(ObjectNode options, JsonNode side) throws IOException {
        for (Entry<String, JsonNode> field : options.properties()) {
            JsonNode seen = side.get(field.getKey());
            Wire.require(
                    seen == null || seen.asText().equals(field.getValue().asText()),
                    "asked for " + options + ", one side of the channel " + side.path("label") + " has "
                            + field.getKey() + " " + seen);
        }
    }

    private static String negotiated(Bench bench) throws IOException, InterruptedException {
        for (Wire wire : bench.connect(Setup.USUAL, AGREED_ID, AGREED_ID + 1).agreed()) {
            wire.exchange();
        }
        return "";
    }

    private static String negotiatedAgain(Bench bench) throws IOException, InterruptedException {
        Pair pair = bench.connect(Setup.USUAL).pair();
        for (int round = 0; round < ROUNDS; round++) {
            for (Peer closer : List.of(bench.us(), bench.them())) {
                Wire wire = pair.openAgreed(AGREED_ID);
                wire.exchange();
                wire.close(closer);
            }
        }
        return "";
    }

    private static String longLabel(Bench bench) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        for (Peer by : List.of(bench.us(), bench.them())) {
            String label = by.name().charAt(0) + "l".repeat(LABEL_BYTES - 1);
            Wire wire = connected.pair().open(by, "label", label);
            Wire.require(wire.farSide().path("label").asText().equals(label), "another label came");
            wire.exchange();
        }
        return "";
    }

    private static String many(Bench bench) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Peer by = i % 2 == 0 ? bench.us() : bench.them();
            wires.add(connected.pair().open(by, "label", "channel " + i));
        }
        for (Wire wire : wires) {
            wire.exchange();
        }
        return "";
    }

    private static String closed(Bench bench, Peer by) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        List<Integer> ours = new ArrayList<>();
        List<Integer> theirs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(openAndClose(connected.pair(), bench.us(), by, round));
            theirs.add(openAndClose(connected.pair(), bench.them(), by, round));
        }
        connected.first().exchange();
        Wire.require(ours.stream().distinct().count() < ROUNDS, "we used no id again: " + ours);
        return "ids of our channels " + ours + ", of the peer's " + theirs;
    }

    private static int openAndClose(Pair pair, Peer maker, Peer closer, int round)
            throws IOException, InterruptedException {
        Wire wire = pair.open(maker, "label", maker.name() + " in round " + round);
        wire.exchange();
        wire.close(closer);
        JsonNode id = wire.nearSide().get("id");
        return id == null ? wire.farSide().path("id").asInt() : id.asInt();
    }
}
