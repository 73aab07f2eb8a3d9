package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the value of one type-length-value unit, never beyond its end: the only bounds check there is. */
final class WireReader {
    private final ByteBuffer buffer;
    private final int end;
    private int position;

    WireReader(ByteBuffer buffer, int offset, int length) {
        this.buffer = buffer;
        this.position = offset;
        this.end = offset + length;
    }

    interface ElementDecoder<T> {
        T decode(int type, WireReader value) throws MalformedPacketException;
    }

    int remaining() {
        return end - position;
    }

    int uint8() throws MalformedPacketException {
        return buffer.get(advance(1)) & 0xFF;
    }

    int uint16() throws MalformedPacketException {
        return buffer.getShort(advance(2)) & 0xFFFF;
    }

    int int32() throws MalformedPacketException {
        return buffer.getInt(advance(4));
    }

    long uint32() throws MalformedPacketException {
        return Integer.toUnsignedLong(int32());
    }

    Bytes bytes(int length) throws MalformedPacketException {
        return Bytes.copyOf(buffer, advance(length), length);
    }

    Bytes rest() throws MalformedPacketException {
        return bytes(remaining());
    }

    /** All that is left as 16-bit numbers. */
    int[] uint16s() throws MalformedPacketException {
        if (remaining() % 2 != 0) {
            throw new MalformedPacketException("half a 16-bit number");
        }
        int[] numbers = new int[remaining() / 2];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = uint16();
        }
        return numbers;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Takes {@code length} bytes and returns where they begin in {@link #buffer()}. */
    int advance(int length) throws MalformedPacketException {
        if (length < 0 || length > end - position) {
            throw new MalformedPacketException("value too short");
        }
        int from = position;
        position += length;
        return from;
    }

    void requireEnd() throws MalformedPacketException {
        if (position != end) {
            throw new MalformedPacketException("value too long");
        }
    }

    /** All that is left as parameters or causes. The padding of the last may be missing (RFC 9260 §3.2.1). */
    <T> List<T> elements(ElementDecoder<T> decoder) throws MalformedPacketException {
        List<T> elements = new ArrayList<>(4);
        while (remaining() > 0) {
            elements.add(element(decoder));
        }
        return List.copyOf(elements);
    }

    /** As {@link #elements}, but what is malformed, and all behind it, is left out. */
    <T> List<T> elementsUntilMalformed(ElementDecoder<T> decoder) {
        List<T> elements = new ArrayList<>(4);
        try {
            while (remaining() > 0) {
                elements.add(element(decoder));
            }
        } catch (MalformedPacketException e) {
            position = end;
        }
        return List.copyOf(elements);
    }

    private <T> T element(ElementDecoder<T> decoder) throws MalformedPacketException {
        int type = uint16();
        int length = uint16();
        if (length < Wire.TLV_HEADER_LENGTH) {
            throw new MalformedPacketException("length shorter than its own header");
        }
        int valueLength = length - Wire.TLV_HEADER_LENGTH;
        WireReader value = new WireReader(buffer, advance(valueLength), valueLength);
        advance(Math.min(Wire.padded(length) - length, remaining()));
        T element = decoder.decode(type, value);
        value.requireEnd();
        return element;
    }
}
