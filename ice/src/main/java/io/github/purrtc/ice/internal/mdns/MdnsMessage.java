package io.github.purrtc.ice.internal.mdns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordEncoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a multicast DNS message matters here.
 *
 * @param asked the names whose addresses are asked for, canonical
 * @param addresses those that are told
 */
record MdnsMessage(List<String> asked, List<NamedAddress> addresses) {
    /**
     * An A or AAAA record.
     *
     * @param timeToLiveSeconds 0 if it is taken back
     */
    record NamedAddress(String name, InetAddress address, long timeToLiveSeconds) {}

    private static final int HEADER_BYTES = 12;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE_RESPONSE = 0x8400;
    private static final int FLUSH_CACHE = 0x8000; // RFC 6762 §10.2
    private static final int MOST_RECORDS = 64;

    /** Questions for the IPv4 and the IPv6 address of a name: one in a message, as Chromium does not read others. */
    static List<byte[]> questions(String name) {
        return List.of(question(name, DnsRecordType.A), question(name, DnsRecordType.AAAA));
    }

    private static byte[] question(String name, DnsRecordType type) {
        ByteBuf out = header(0, 1, 0);
        encodeQuestion(new DefaultDnsQuestion(name + ".", type), out);
        return bytes(out);
    }

    /** @param timeToLiveSeconds 0 to take it back */
    static byte[] answer(String name, InetAddress address, int timeToLiveSeconds) {
        ByteBuf out = header(AUTHORITATIVE_RESPONSE, 0, 1);
        DnsRecordType type = address instanceof Inet4Address ? DnsRecordType.A : DnsRecordType.AAAA;
        DnsRecord record = new DefaultDnsRawRecord(
                name + ".",
                type,
                DnsRecord.CLASS_IN | FLUSH_CACHE,
                timeToLiveSeconds,
                Unpooled.wrappedBuffer(address.getAddress()));
        try {
            DnsRecordEncoder.DEFAULT.encodeRecord(record, out);
        } catch (Exception e) {
            throw new IllegalArgumentException("no record of " + name, e);
        }
        return bytes(out);
    }

    private static ByteBuf header(int flags, int questions, int answers) {
        return Unpooled.buffer(128)
                .writeShort(0)
                .writeShort(flags)
                .writeShort(questions)
                .writeShort(answers)
                .writeInt(0);
    }

    private static void encodeQuestion(DnsQuestion question, ByteBuf out) {
        try {
            DnsRecordEncoder.DEFAULT.encodeQuestion(question, out);
        } catch (Exception e) {
            throw new IllegalArgumentException("no question of " + question.name(), e);
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    /** Null if it is malformed; what else there is in it is passed over. */
    static @Nullable MdnsMessage decode(ByteBuf message) {
        if (message.readableBytes() < HEADER_BYTES) {
            return null;
        }
        message.skipBytes(2);
        boolean isResponse = (message.readUnsignedShort() & RESPONSE) != 0;
        int questions = message.readUnsignedShort();
        int records = message.readUnsignedShort() + message.readUnsignedShort() + message.readUnsignedShort();
        List<String> asked = new ArrayList<>();
        List<NamedAddress> addresses = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(questions, MOST_RECORDS); i++) {
                DnsQuestion question = DnsRecordDecoder.DEFAULT.decodeQuestion(message);
                if (!isResponse && isForAddress(question.type())) {
                    asked.add(LinkName.canonical(question.name()));
                }
            }
            for (int i = 0; isResponse && i < Math.min(records, MOST_RECORDS); i++) {
                DnsRecord record = DnsRecordDecoder.DEFAULT.decodeRecord(message);
                if (record == null) {
                    return null;
                }
                addAddress(record, addresses);
            }
        } catch (Exception e) {
            return null; // whatever is wrong with it
        }
        return new MdnsMessage(asked, addresses);
    }

    private static boolean isForAddress(DnsRecordType type) {
        return type.equals(DnsRecordType.A) || type.equals(DnsRecordType.AAAA) || type.equals(DnsRecordType.ANY);
    }

    private static void addAddress(DnsRecord record, List<NamedAddress> addresses) {
        try {
            if (record instanceof DnsRawRecord raw
                    && (record.type().equals(DnsRecordType.A) || record.type().equals(DnsRecordType.AAAA))) {
                addresses.add(new NamedAddress(
                        LinkName.canonical(record.name()),
                        InetAddress.getByAddress(bytes(raw.content())),
                        record.timeToLive()));
            }
        } catch (UnknownHostException e) {
            // neither 4 nor 16 bytes: no address
        } finally {
            ReferenceCountUtil.release(record);
        }
    }
}
