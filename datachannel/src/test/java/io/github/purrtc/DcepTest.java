package io.github.purrtc;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

class DcepTest {
    @Test
    void opensAsChromiumDoes() {
        // createDataChannel("cat-noises", {ordered: false, maxRetransmits: 3}), priority low
        byte[] capture =
                HexFormat.of().parseHex("0381" + "0100" + "00000003" + "000a" + "0000" + "6361742d6e6f69736573");
        Dcep.Open open = assertInstanceOf(Dcep.Open.class, Dcep.decode(ByteBuffer.wrap(capture)));
        assertEquals(new Dcep.Open(Dcep.Reliability.MAX_RETRANSMITS, true, 256, 3, "cat-noises", ""), open);
        assertEquals(ByteBuffer.wrap(capture), open.encode());
    }

    @Test
    void acknowledges() {
        assertEquals(new Dcep.Ack(), Dcep.decode(new Dcep.Ack().encode()));
        assertInstanceOf(Dcep.Malformed.class, Dcep.decode(ByteBuffer.wrap(new byte[] {2, 0})));
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        ByteBuffer message = new Dcep.Open(Dcep.Reliability.RELIABLE, false, 256, 0, "ab", "").encode();
        message.put(12, (byte) 0xff);
        assertInstanceOf(Dcep.Malformed.class, Dcep.decode(message));
    }

    @Test
    void rejectsAnUnknownChannelType() {
        ByteBuffer message = new Dcep.Open(Dcep.Reliability.RELIABLE, false, 256, 0, "", "").encode();
        message.put(1, (byte) 0x03);
        assertInstanceOf(Dcep.Malformed.class, Dcep.decode(message));
    }

    @Test
    void limitsLabelsByBytesNotCharacters() {
        Dcep.requireShort("label", "x".repeat(65_535));
        RtcException e = assertThrows(RtcException.class, () -> Dcep.requireShort("label", "\u00e9".repeat(32_768)));
        assertEquals(ErrorName.TYPE_ERROR, e.errorName());
    }

    @Test
    void loneSurrogatesBecomeReplacementCharacters() {
        assertEquals(
                "a\ufffdb\ud83d\udc08",
                new String(Dcep.utf8("a\ud800b\ud83d\udc08"), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Property
    void decodeOfEncodeIsIdentity(
            @ForAll Dcep.Reliability reliability,
            @ForAll boolean unordered,
            @ForAll @IntRange(max = 65_535) int priority,
            @ForAll @LongRange(max = 0xffff_ffffL) long parameter,
            @ForAll @StringLength(max = 40) String label,
            @ForAll @StringLength(max = 40) String protocol) {
        String cleanLabel = Dcep.replaceLoneSurrogates(label);
        String cleanProtocol = Dcep.replaceLoneSurrogates(protocol);
        Dcep.Open open = new Dcep.Open(reliability, unordered, priority, parameter, cleanLabel, cleanProtocol);
        assertEquals(open, Dcep.decode(open.encode()));
    }

    @Property
    void everyTruncationIsMalformed(@ForAll @StringLength(max = 20) String label) {
        ByteBuffer whole = new Dcep.Open(Dcep.Reliability.RELIABLE, false, 256, 0, label, "p").encode();
        for (int length = 0; length < whole.limit(); length++) {
            assertInstanceOf(Dcep.Malformed.class, Dcep.decode(whole.slice(0, length)));
        }
    }

    @Property
    void anyBytesGiveAMessage(@ForAll @Size(max = 200) byte[] bytes) {
        Dcep message = Dcep.decode(ByteBuffer.wrap(bytes));
        if (message instanceof Dcep.Open open) {
            assertEquals(ByteBuffer.wrap(bytes), open.encode());
            assertEquals(open.protocol(), open.options().protocol());
        }
    }
}
