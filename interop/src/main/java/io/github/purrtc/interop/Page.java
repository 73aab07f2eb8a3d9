package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;

import java.util.List;
import java.util.StringJoiner;

/** {@code docs/INTEROP.md}. */
final class Page {
    private final List<PeerResults> peers;
    private final StringBuilder text = new StringBuilder();

    private Page(List<PeerResults> peers) {
        this.peers = peers;
    }

    static String write(List<PeerResults> peers) {
        return new Page(peers).write();
    }

    private String write() {
        line("# Who it talks to");
        line("");
        line(
                "Written by the module `interop` ([how](../CONTRIBUTING.md#who-it-talks-to)): each case once with this library offering,");
        line(
                "once answering. ✓ works, ✓² failed and worked when it was tried once more, ✗ fails, – is something that the peer itself");
        line("does not have; figures and evidence are below.");
        line("");
        matrix();
        for (PeerResults peer : peers) {
            details(peer);
        }
        return text.toString();
    }

    private void matrix() {
        StringJoiner head = new StringJoiner(" | ", "| we offer, we answer | ", " |");
        StringJoiner rule = new StringJoiner(" | ", "| --- | ", " |");
        for (PeerResults peer : peers) {
            head.add(peer.kind().title());
            rule.add(":-:");
        }
        line(head.toString());
        line(rule.toString());
        for (Case next : Run.cases()) {
            StringJoiner row = new StringJoiner(" | ", "| " + next.title() + " | ", " |");
            for (PeerResults peer : peers) {
                row.add(sign(peer, next, Role.OFFERING) + " " + sign(peer, next, Role.ANSWERING));
            }
            line(row.toString());
        }
        line("");
    }

    private static String sign(PeerResults peer, Case of, Role role) {
        return peer.result(of, role).map(result -> result.outcome().sign).orElse(" ");
    }

    private void details(PeerResults peer) {
        line("## " + peer.kind().title());
        line("");
        line(peer.version() + ", " + peer.day() + (peer.scale() == Scale.SHORT ? ", in the short form" : "") + ".");
        line("");
        line("| case | we offer | we answer |");
        line("| --- | --- | --- |");
        for (Case next : Run.cases()) {
            line("| " + next.title() + " | " + cell(peer, next, Role.OFFERING) + " | "
                    + cell(peer, next, Role.ANSWERING) + " |");
        }
        line("");
    }

    private static String cell(PeerResults peer, Case of, Role role) {
        return peer.result(of, role)
                .map(result -> (result.outcome().sign + " " + result.detail())
                        .strip()
                        .replace("|", "\\|")
                        .replace("\n", " "))
                .orElse("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
