package io.github.purrtc.ice.internal.mdns;

import io.netty.buffer.Unpooled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MdnsMessageTest {
    private static final String NAME = "1f4712db-ea17-4bcf-a596-105139dfd8bf.local";

    private static @Nullable MdnsMessage decode(byte[] bytes) {
        return MdnsMessage.decode(Unpooled.wrappedBuffer(bytes));
    }

    @Test
    void eachKindOfAddressIsAskedForInAMessageOfItsOwn() {
        List<String> questions = MdnsMessage.questions(NAME).stream()
                .map(HexFormat.of()::formatHex)
                .toList();
        assertEquals(2, questions.size());
        for (String hex : questions) {
            assertEquals(
                    List.of(NAME),
                    assertNotNullMessage(HexFormat.of().parseHex(hex)).asked());
            assertTrue(hex.startsWith(
                    "000000000001000000000000" + "24" + HexFormat.of().formatHex("1f4712db".getBytes())));
        }
        assertTrue(questions.get(0).endsWith("056c6f63616c00" + "00010001"), questions::toString);
        assertTrue(questions.get(1).endsWith("056c6f63616c00" + "001c0001"), questions::toString);
    }

    @Test
    void anAnswerTellsAnAddress() throws Exception {
        for (String address : List.of("192.0.2.7", "2001:db8::7")) {
            InetAddress told = InetAddress.getByName(address);
            MdnsMessage message = assertNotNullMessage(MdnsMessage.answer(NAME, told, 120));
            assertEquals(List.of(new MdnsMessage.NamedAddress(NAME, told, 120)), message.addresses());
            assertEquals(List.of(), message.asked());
        }
    }

    @Test
    void aFarewellTakesItBack() throws Exception {
        byte[] farewell = MdnsMessage.answer(NAME, InetAddress.getByName("192.0.2.7"), 0);
        assertEquals(0, assertNotNullMessage(farewell).addresses().get(0).timeToLiveSeconds());
    }

    /** A response with a compressed name, another case and a record of no interest: NSEC, as Chromium sends it. */
    @Test
    void compressionAndOtherRecordsAreUnderstood() throws Exception {
        byte[] bytes = HexFormat.of()
                .parseHex("000084000000000100000001"
                        + "2431463437313264622d656131372d346263662d613539362d313035313339646664386266"
                        + "056c6f63616c00"
                        + "000180010000007800040a000007"
                        + "c00c002f8001000000780005c00c000140");
        MdnsMessage message = assertNotNullMessage(bytes);
        assertEquals(
                List.of(new MdnsMessage.NamedAddress(NAME, InetAddress.getByName("10.0.0.7"), 120)),
                message.addresses());
    }

    @Test
    void ofManyQuestionsAndAnswersSixtyFourAreRead() throws Exception {
        byte[] question = MdnsMessage.questions(NAME).get(0);
        byte[] answer = MdnsMessage.answer(NAME, InetAddress.getByName("192.0.2.7"), 120);
        assertEquals(64, assertNotNullMessage(repeated(question, 4)).asked().size());
        assertEquals(64, assertNotNullMessage(repeated(answer, 6)).addresses().size());
    }

    /** The message with 100 of what it has one of, whose number stands there in its header. */
    private static byte[] repeated(byte[] message, int numberAt) {
        int header = 12;
        ByteBuffer out = ByteBuffer.allocate(header + 100 * (message.length - header));
        out.put(message, 0, header).putShort(numberAt, (short) 100);
        while (out.hasRemaining()) {
            out.put(message, header, message.length - header);
        }
        return out.array();
    }

    @Property(tries = 200)
    void whatIsCutOffIsMalformed(@ForAll @IntRange(min = 0, max = 87) int length) throws Exception {
        byte[] answer = MdnsMessage.answer(NAME, InetAddress.getByName("192.0.2.7"), 120);
        assertNull(decode(Arrays.copyOf(answer, Math.min(length, answer.length - 1))));
    }

    @Property
    void anyBytesAtAllBreakNothing(@ForAll @Size(max = 100) byte[] bytes) {
        decode(bytes);
    }

    @Test
    void onlyRandomNamesAreLookedUp() {
        assertTrue(LinkName.isOne(NAME));
        assertTrue(LinkName.isOne(NAME.toUpperCase(java.util.Locale.ROOT)));
        assertTrue(LinkName.isOne(LinkName.random()));
        assertNotEquals(LinkName.random(), LinkName.random());
        for (String name : List.of("printer.local", "a." + NAME, NAME + ".example", "1f4712db.local", "x" + NAME, "")) {
            assertFalse(LinkName.isOne(name), name);
        }
    }

    private static MdnsMessage assertNotNullMessage(byte[] bytes) {
        MdnsMessage message = decode(bytes);
        assertNotNull(message);
        return message;
    }
}
