package io.github.purrtc.ice.internal.net;

import java.util.ArrayList;
import java.util.List;

/** The username fragments that one share has at its port. To be used on the share's loop. */
final class OwnFragments {
    /** The port's table. */
    interface Table {
        /** False if another share has that one. */
        boolean add(FragmentKey fragment);

        void remove(FragmentKey fragment);
    }

    private final Table table;
    private final List<FragmentKey> fragments = new ArrayList<>(1);

    OwnFragments(Table table) {
        this.table = table;
    }

    boolean tryAdd(String fragment) {
        FragmentKey key = FragmentKey.of(fragment);
        boolean added = table.add(key);
        if (added) {
            fragments.add(key);
        }
        return added;
    }

    void remove(String fragment) {
        FragmentKey key = FragmentKey.of(fragment);
        if (fragments.remove(key)) {
            table.remove(key);
        }
    }

    void clear() {
        fragments.forEach(table::remove);
        fragments.clear();
    }
}
