package io.github.purrtc.ice.internal.harvest;

/** How ice4j is to behave; it reads system properties, once. What the user has set stays. */
final class Ice4jSettings {
    private Ice4jSettings() {}

    static void apply() {
        // It would otherwise ask the metadata service of a cloud, whose address anything may answer at.
        byDefault("ice4j.harvest.mapping.aws.enabled", "false");
        byDefault("ice4j.software", "");
    }

    private static void byDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
