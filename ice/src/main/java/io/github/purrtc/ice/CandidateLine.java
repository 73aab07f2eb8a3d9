package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** The text form of a candidate (RFC 8839 §5.1, RFC 6544 §4.5). */
final class CandidateLine {

    private static final int MAX_LENGTH = 2048;

    private final String line;
    private int position;

    private CandidateLine(String line) {
        this.line = line;
    }

    static Candidate parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("candidate line is longer than " + MAX_LENGTH + " characters");
        }
        String line = withoutPrefix(withoutPrefix(text.strip(), "a="), "candidate:");
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) == 0x7F) {
                throw new IllegalArgumentException("candidate line holds a control character");
            }
        }
        return new CandidateLine(line).read();
    }

    private Candidate read() {
        String foundation = word("foundation");
        int component = (int) number("component", 3);
        IceProtocol protocol = protocol(word("transport"));
        long priority = number("priority", 10);
        String address = word("address");
        int port = (int) number("port", 5);
        if (!word("typ").equals("typ")) {
            throw new IllegalArgumentException("candidate line lacks 'typ' after the port");
        }
        CandidateType type = type(word("type"));
        return extensions(foundation, component, protocol, priority, address, port, type);
    }

    private Candidate extensions(
            String foundation,
            int component,
            IceProtocol protocol,
            long priority,
            String address,
            int port,
            CandidateType type) {
        String relatedAddress = null;
        int relatedPort = 0;
        TcpType tcpType = null;
        String usernameFragment = null;
        while (skipSpaces()) {
            switch (word("extension")) {
                case "raddr" -> relatedAddress = word("raddr");
                case "rport" -> relatedPort = (int) number("rport", 5);
                case "tcptype" -> tcpType = tcpType(word("tcptype"));
                case "ufrag" -> usernameFragment = word("ufrag");
                default -> word("value of an extension");
            }
        }
        return new Candidate(
                foundation,
                component,
                protocol,
                priority,
                address,
                port,
                type,
                relatedAddress,
                relatedPort,
                tcpType,
                usernameFragment);
    }

    static String format(Candidate candidate) {
        StringBuilder out = new StringBuilder(128)
                .append("candidate:")
                .append(candidate.foundation())
                .append(' ')
                .append(candidate.component())
                .append(' ')
                .append(candidate.protocol().token())
                .append(' ')
                .append(candidate.priority())
                .append(' ')
                .append(candidate.address())
                .append(' ')
                .append(candidate.port())
                .append(" typ ")
                .append(candidate.type().token());
        if (candidate.relatedAddress() != null) {
            out.append(" raddr ").append(candidate.relatedAddress());
            out.append(" rport ").append(candidate.relatedPort());
        }
        TcpType tcpType = candidate.tcpType();
        if (tcpType != null) {
            out.append(" tcptype ").append(tcpType.token());
        }
        if (candidate.usernameFragment() != null) {
            out.append(" ufrag ").append(candidate.usernameFragment());
        }
        return out.toString();
    }

    private boolean skipSpaces() {
        while (position < line.length() && line.charAt(position) == ' ') {
            position++;
        }
        return position < line.length();
    }

    private String word(String what) {
        if (!skipSpaces()) {
            throw new IllegalArgumentException("candidate line ends before its " + what);
        }
        int start = position;
        int space = line.indexOf(' ', start);
        position = space < 0 ? line.length() : space;
        return line.substring(start, position);
    }

    private long number(String what, int maxDigits) {
        String word = word(what);
        if (word.length() > maxDigits || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    "candidate " + what + " is not a number of at most " + maxDigits + " digits");
        }
        return Long.parseLong(word);
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static IceProtocol protocol(String word) {
        for (IceProtocol protocol : IceProtocol.values()) {
            if (protocol.token().equals(word.toLowerCase(Locale.ROOT))) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("candidate transport is neither udp nor tcp");
    }

    private static CandidateType type(String word) {
        for (CandidateType type : CandidateType.values()) {
            if (type.token().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("candidate type is none of host, srflx, prflx, relay");
    }

    private static @Nullable TcpType tcpType(String word) {
        for (TcpType type : TcpType.values()) {
            if (type.token().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("candidate tcptype is none of active, passive, so");
    }
}
