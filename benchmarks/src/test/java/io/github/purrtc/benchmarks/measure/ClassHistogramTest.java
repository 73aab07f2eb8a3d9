package io.github.purrtc.benchmarks.measure;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ClassHistogramTest {
    private static final String BEFORE = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         18404        1533944  [B (java.base@17.0.15)
               2:             3            600  java.lang.String (java.base@17.0.15)
            Total         18407        1534544
            """;

    private static final String AFTER = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         18424        1535944  [B (java.base@17.0.15)
               2:            10           1000  io.github.purrtc.PeerConnection
               3:            10            990  [[Ljava.lang.Object; (java.base@17.0.15)
               4:             2            400  java.lang.String (java.base@17.0.15)
            Total         18446        1538334
            """;

    @Test
    @DisplayName("what is more than before is shared out, first the most")
    void difference() {
        Map<String, Double> more = ClassHistogram.parse(AFTER).since(ClassHistogram.parse(BEFORE), 10, 2);
        assertEquals(Map.of("byte[]", 200.0, "io.github.purrtc.PeerConnection", 100.0), more);
        assertEquals(List.of("byte[]", "io.github.purrtc.PeerConnection"), List.copyOf(more.keySet()));
        assertEquals(
                99.0,
                ClassHistogram.parse(AFTER)
                        .since(ClassHistogram.parse(BEFORE), 10, 9)
                        .get("java.lang.Object[][]"));
    }

    @Test
    @DisplayName("this JVM tells")
    void thisJvm() {
        assertTrue(ClassHistogram.now().bytes().getOrDefault("java.lang.String", 0L) > 0);
    }
}
