package io.github.purrtc.ice.internal.harvest;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a STUN or TURN server (RFC 7064 §3.1, RFC 7065 §3.1).
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record ServerUrl(String url, Scheme scheme, String host, int port, Transport transport) {
    public enum Scheme {
        STUN,
        STUNS,
        TURN,
        TURNS
    }

    public enum Transport {
        UDP,
        TCP
    }

    private static final int MOST_CHARS = 512;
    private static final int PLAIN_PORT = 3478;
    private static final int TLS_PORT = 5349;
    private static final Pattern SYNTAX = Pattern.compile(
            "(stuns?|turns?):(\\[[0-9a-f:.]+\\]|[0-9a-z._-]+)(:\\d{1,5})?" + "(\\?transport=(udp|tcp))?",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads such a URL.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ServerUrl parse(String url) {
        if (url.length() > MOST_CHARS) {
            throw new IllegalArgumentException("an ICE server's URL of " + url.length() + " characters");
        }
        Matcher matcher = SYNTAX.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a stun: or turn: URL: " + quoted(url));
        }
        Scheme scheme = Scheme.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        boolean secure = scheme == Scheme.STUNS || scheme == Scheme.TURNS;
        boolean relays = scheme == Scheme.TURN || scheme == Scheme.TURNS;
        if (matcher.group(4) != null && !relays) {
            throw new IllegalArgumentException("a stun: URL has no transport: " + quoted(url));
        }
        String host = matcher.group(2);
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = port(matcher.group(3), secure, url);
        return new ServerUrl(url, scheme, host, port, transport(matcher.group(5), secure));
    }

    /** For an exception, which may be logged: what stands before an @ may be a password. */
    private static String quoted(String url) {
        int at = url.lastIndexOf('@');
        return at < 0 ? "\"" + url + "\"" : "\"\u2026" + url.substring(at) + "\"";
    }

    private static int port(@Nullable String text, boolean secure, String url) {
        if (text == null) {
            return secure ? TLS_PORT : PLAIN_PORT;
        }
        int port = Integer.parseInt(text.substring(1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " in " + quoted(url));
        }
        return port;
    }

    private static Transport transport(@Nullable String text, boolean secure) {
        if (text == null) {
            return secure ? Transport.TCP : Transport.UDP;
        }
        return Transport.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Whether it is a TURN server. */
    public boolean relays() {
        return scheme == Scheme.TURN || scheme == Scheme.TURNS;
    }

    public boolean isSecure() {
        return scheme == Scheme.STUNS || scheme == Scheme.TURNS;
    }

    /** Whether it is TLS over UDP (RFC 7350). */
    public boolean isDtls() {
        return isSecure() && transport == Transport.UDP;
    }
}
