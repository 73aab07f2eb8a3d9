package io.github.purrtc.ice.internal.net;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FrameProperties {
    @Provide
    Arbitrary<List<byte[]>> frames() {
        Arbitrary<byte[]> small =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(40);
        Arbitrary<byte[]> large =
                Arbitraries.integers().between(1_000, FrameReader.MOST_BYTES).map(byte[]::new);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, small), net.jqwik.api.Tuple.of(1, large))
                .list()
                .ofMaxSize(12);
    }

    /** Whatever pieces a stream comes in, its frames are the same; empty ones are none. */
    @Property(tries = 500)
    void framesAreTheSameHoweverTheStreamIsCut(
            @ForAll("frames") List<byte[]> frames,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 3_000) Integer> cuts) {
        List<byte[]> read = new ArrayList<>();
        FrameReader reader = new FrameReader();
        byte[] stream = stream(frames);
        int start = 0;
        int cut = 0;
        while (start < stream.length) {
            int count = cuts.isEmpty() ? stream.length : cuts.get(cut++ % cuts.size());
            int end = Math.min(stream.length, start + count);
            assertTrue(reader.read(piece(stream, start, end), () -> FrameReader.MOST_BYTES, copyTo(read)));
            start = end;
        }
        List<byte[]> sent = frames.stream().filter(frame -> frame.length > 0).toList();
        assertEquals(sent.size(), read.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), read.get(i));
        }
    }

    @Example
    void oneStreamCutAtEveryByte() {
        byte[] stream = stream(List.of(new byte[] {1, 2, 3}, new byte[0], new byte[] {4}, new byte[300]));
        for (int cut = 0; cut <= stream.length; cut++) {
            List<byte[]> read = new ArrayList<>();
            FrameReader reader = new FrameReader();
            assertTrue(reader.read(piece(stream, 0, cut), () -> 300, copyTo(read)));
            assertTrue(reader.read(piece(stream, cut, stream.length), () -> 300, copyTo(read)));
            assertEquals(3, read.size());
            assertEquals(300, read.get(2).length);
        }
    }

    /** Any bytes are frames, or a frame that is too long; nothing else happens. */
    @Property(tries = 1_000)
    void anyBytesAreRead(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 65_535) int most) {
        List<byte[]> read = new ArrayList<>();
        boolean going = new FrameReader().read(ByteBuffer.wrap(bytes), () -> most, copyTo(read));
        assertTrue(read.stream().allMatch(frame -> frame.length > 0 && frame.length <= most));
        assertTrue(going || bytes.length >= 2);
    }

    @Example
    void aLengthBeyondTheLimitEndsTheStreamBeforeItsContentComes() {
        List<byte[]> read = new ArrayList<>();
        FrameReader reader = new FrameReader();
        assertTrue(reader.read(ByteBuffer.wrap(new byte[] {0, 1, 9, 5}), () -> 1_280, copyTo(read)));
        assertFalse(reader.read(ByteBuffer.wrap(new byte[] {1}), () -> 1_280, copyTo(read)));
        assertEquals(1, read.size());
    }

    /** Announced lengths cost nothing: 20,000 readers that wait for 65,535 bytes fit into a small heap. */
    @Example
    void memoryIsTakenForWhatHasComeOnly() {
        List<FrameReader> readers = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 20_000; i++) {
            FrameReader reader = new FrameReader();
            reader.read(ByteBuffer.wrap(new byte[] {-1, -1, 1}), () -> FrameReader.MOST_BYTES, frame -> {});
            readers.add(reader);
        }
        assertTrue(used() - before < 100 << 20, "each takes " + (used() - before) / readers.size() + " bytes");
    }

    @Example
    void aSinkThatFailsLosesNothingButItsFrame() {
        FrameReader reader = new FrameReader();
        ByteBuffer in = ByteBuffer.wrap(stream(List.of(new byte[] {1}, new byte[] {2})));
        List<byte[]> read = new ArrayList<>();
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalStateException.class,
                () -> reader.read(in, () -> 10, frame -> {
                    throw new IllegalStateException("on purpose");
                }));
        assertTrue(reader.read(in, () -> 10, copyTo(read)));
        assertArrayEquals(new byte[] {2}, read.get(0));
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static java.util.function.Consumer<ByteBuffer> copyTo(List<byte[]> read) {
        return frame -> {
            byte[] copy = new byte[frame.remaining()];
            frame.get(copy);
            read.add(copy);
        };
    }

    /** In the middle of a larger buffer, as it comes from a socket. */
    private static ByteBuffer piece(byte[] stream, int start, int end) {
        byte[] larger = new byte[end - start + 8];
        new Random(end).nextBytes(larger);
        System.arraycopy(stream, start, larger, 3, end - start);
        return ByteBuffer.wrap(larger, 3, end - start);
    }

    private static byte[] stream(List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.write(frame.length >> 8);
            out.write(frame.length);
            out.writeBytes(Arrays.copyOf(frame, frame.length));
        }
        return out.toByteArray();
    }
}
