package io.github.purrtc.ice.internal.mdns;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names that stand in for addresses: a random UUID and {@code .local} (draft-ietf-mmusic-mdns-ice-candidates §3.1.1). */
public final class LinkName {
    private static final Pattern SYNTAX =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.local");

    private LinkName() {}

    /** Whether it is one that is looked up. Others would let whoever signals candidates ask for names of this network. */
    public static boolean isOne(String name) {
        return SYNTAX.matcher(canonical(name)).matches();
    }

    static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** A name that nobody else has. */
    public static String random() {
        return UUID.randomUUID() + ".local";
    }
}
