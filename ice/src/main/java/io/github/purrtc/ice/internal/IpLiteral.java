package io.github.purrtc.ice.internal;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses as text. Unlike {@code InetAddress.getByName} this never asks a name server. */
public final class IpLiteral {
    private static final int MAX_HOST_NAME_LENGTH = 253;
    private static final int IPV6_BYTES = 16;
    private static final int GROUPS = IPV6_BYTES / 2;

    private IpLiteral() {}

    /** The address that the text spells, or null if it spells none. Zone ids are not accepted. */
    public static @Nullable InetAddress parse(String text) {
        byte[] bytes = text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The address as text, without zone id, in the one form of RFC 5952 §4: some peers compare texts. */
    public static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV6_BYTES ? formatV6(bytes) : address.getHostAddress();
    }

    private static String formatV6(byte[] bytes) {
        int zeros = longestZeros(bytes);
        int zerosEnd = zeros < 0 ? -1 : zeros + zerosAt(bytes, zeros);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeros) {
                text.append("::");
                i = zerosEnd - 1;
            } else {
                text.append(i == 0 || i == zerosEnd ? "" : ":").append(Integer.toHexString(group(bytes, i)));
            }
        }
        return text.toString();
    }

    /** §4.2.2, §4.2.3: where the longest run of two groups or more begins, the first one of several; -1 if there is none. */
    private static int longestZeros(byte[] bytes) {
        int longest = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosAt(bytes, i);
            if (zeros > length) {
                longest = i;
                length = zeros;
            }
        }
        return longest;
    }

    private static int zerosAt(byte[] bytes, int group) {
        int i = group;
        while (i < GROUPS && group(bytes, i) == 0) {
            i++;
        }
        return i - group;
    }

    private static int group(byte[] bytes, int i) {
        return ((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF);
    }

    /** Whether the text has the form of a host name that is not all digits and dots. */
    public static boolean isHostName(String text) {
        if (text.isEmpty() || text.length() > MAX_HOST_NAME_LENGTH) {
            return false;
        }
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphabetic = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            letter |= alphabetic;
            if (!alphabetic && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return letter;
    }

    private static byte @Nullable [] parseV4(String text) {
        byte[] bytes = new byte[4];
        return parseV4Into(bytes, 0, text) ? bytes : null;
    }

    private static boolean parseV4Into(byte[] bytes, int offset, String text) {
        int position = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i == 3 ? text.length() : text.indexOf('.', position);
            int octet = dot < 0 ? -1 : octet(text, position, dot);
            if (octet < 0) {
                return false;
            }
            bytes[offset + i] = (byte) octet;
            position = dot + 1;
        }
        return true;
    }

    private static int octet(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value <= 255 ? value : -1;
    }

    /** RFC 4291 §2.2. */
    private static byte @Nullable [] parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] whole = groups(text);
            return whole != null && whole.length == 16 ? whole : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > 14 || isV4At(text, gap)) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    /** An IPv4 address may end the text, not stand before the gap. */
    private static boolean isV4At(String text, int gap) {
        int dot = text.indexOf('.');
        return dot >= 0 && dot < gap;
    }

    /** The bytes of groups between colons, the last of which may be an IPv4 address. */
    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        if (text.length() > 45) {
            return null;
        }
        String[] words = text.split(":", -1);
        boolean endsWithV4 = words[words.length - 1].indexOf('.') >= 0;
        int hexWords = endsWithV4 ? words.length - 1 : words.length;
        if (hexWords > 8) {
            return null;
        }
        byte[] bytes = new byte[hexWords * 2 + (endsWithV4 ? 4 : 0)];
        for (int i = 0; i < hexWords; i++) {
            int value = hex(words[i]);
            if (value < 0) {
                return null;
            }
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        return endsWithV4 && !parseV4Into(bytes, hexWords * 2, words[hexWords]) ? null : bytes;
    }

    private static int hex(String word) {
        if (word.isEmpty() || word.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = Character.digit(word.charAt(i), 16);
            if (digit < 0 || word.charAt(i) > 'f') {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
