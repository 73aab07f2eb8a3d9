package io.github.purrtc;

import java.lang.reflect.RecordComponent;
import java.time.Instant;

/** Writes reports as JSON: the components of the records under their own names, which are the standard's. */
final class StatsJson {
    private final StringBuilder out = new StringBuilder();

    private StatsJson() {}

    static String write(RtcStatsReport report) {
        StatsJson json = new StatsJson();
        json.out.append('{');
        String separator = "";
        for (RtcStats stats : report.stats().values()) {
            json.out.append(separator);
            json.string(stats.id());
            json.out.append(':');
            json.object(stats);
            separator = ",";
        }
        return json.out.append('}').toString();
    }

    private void object(RtcStats stats) {
        out.append("{\"type\":");
        string(stats.type());
        for (RecordComponent component : stats.getClass().getRecordComponents()) {
            Object value = value(stats, component);
            if (value != null && !component.getName().equals("type")) {
                out.append(',');
                string(component.getName());
                out.append(':');
                scalar(value);
            }
        }
        out.append('}');
    }

    private static Object value(RtcStats stats, RecordComponent component) {
        try {
            return component.getAccessor().invoke(stats);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void scalar(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Instant instant) {
            out.append(instant.toEpochMilli());
        } else {
            string(value.toString());
        }
    }

    /** RFC 8259 §7. */
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
