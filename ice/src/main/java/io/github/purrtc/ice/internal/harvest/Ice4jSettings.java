package io.github.purrtc.ice.internal.harvest;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How ice4j is to behave; it reads system properties, once. What the user has set stays. */
final class Ice4jSettings {
    /** Held, since a logger that nobody holds forgets its level. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.ice4j"), Logger.getLogger("org.jitsi"), Logger.getLogger("JitsiConfig"));

    private Ice4jSettings() {}

    static void apply() {
        // It would otherwise ask the metadata service of a cloud, whose address anything may answer at.
        byDefault("ice4j.harvest.mapping.aws.enabled", "false");
        byDefault("ice4j.software", "");
        // With 6, the default, it would wait for a silent server for 6.3 seconds rather than 4.7.
        byDefault("org.ice4j.MAX_RETRANSMISSIONS", "5");
        // It tells the console of each step, and warns of each socket that is closed under it.
        for (Logger logger : LOGGERS) {
            if (logger.getLevel() == null) {
                logger.setLevel(Level.SEVERE);
            }
        }
    }

    private static void byDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
