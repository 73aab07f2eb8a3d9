package io.github.purrtc.ice.internal.harvest;

/**
 * What a module descriptor would say of libraries whose module names are those of their files, which may change: on a module
 * path this module reads them from here on; on a class path everything is read anyway.
 */
final class AutomaticModules {
    private static final String[] NAMES = {"ice4j", "weupnp"};

    private AutomaticModules() {}

    static void read() {
        Module ours = AutomaticModules.class.getModule();
        // Maven lays libraries that no descriptor names on the class path.
        ours.addReads(AutomaticModules.class.getClassLoader().getUnnamedModule());
        if (ours.getLayer() != null) {
            for (String name : NAMES) {
                ours.getLayer().findModule(name).ifPresent(ours::addReads);
            }
        }
    }
}
