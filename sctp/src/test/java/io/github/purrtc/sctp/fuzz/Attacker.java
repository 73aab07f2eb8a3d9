package io.github.purrtc.sctp.fuzz;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.packet.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/** Speaks SCTP with the right tag and checksum, and means no good. */
final class Attacker {
    private static final int STREAMS = 4;
    private static final int[] FAR = {
        0, 1, -1, 100, 65_534, 65_535, 65_536, 200_000, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private final Target target;
    private final RandomGenerator random;
    private final PacketWriter writer = new PacketWriter();
    /** Of so many chunks one breaks a rule for which the association is aborted: the others must have a chance to do harm. */
    private final int patience;

    private final int[] nextSsn = new int[STREAMS];
    private final int[] nextMid = new int[2 * STREAMS];
    private final int[] nextFsn = new int[2 * STREAMS];

    private int ownTsn;
    private boolean inMessage;
    private int messageStream;
    private int messageFlags;

    Attacker(Target target, RandomGenerator random) {
        this.target = target;
        this.random = random;
        ownTsn = target.lastTsnOfZ;
        patience = 1 + random.nextInt(200);
    }

    private boolean goesTooFar() {
        return random.nextInt(patience) == 0;
    }

    /** One step of an attack on the network, on the API or on patience. */
    void step() {
        switch (random.nextInt(12)) {
            case 0 -> target.timePasses(random.nextLong(random.nextBoolean() ? 1_000_000L : 3_000_000_000L));
            case 1 -> callApi();
            case 2 -> target.attack(mutated());
            case 3 -> target.attack(noise());
            case 4 -> target.reads(random.nextInt(4) != 0);
            default -> target.attack(packet());
        }
    }

    private void callApi() {
        int streamId = random.nextInt(6);
        switch (random.nextInt(12)) {
            case 0 -> resetStream(streamId);
            case 1 -> target.a.connect(target.now);
            case 2 -> target.a.setBufferedAmountLowThreshold(streamId, random.nextInt(10_000));
            case 3 -> endIt();
            case 4, 5 -> target.sendPart(streamId, 1 + random.nextInt(20_000), random.nextInt(4) == 0);
            case 6 -> {
                if (random.nextInt(4) == 0) {
                    target.abandonMessage(streamId);
                }
            }
            case 7 -> target.a.setReceiveInParts(streamId, random.nextBoolean());
            default ->
                target.send(
                        streamId,
                        1 + random.nextInt(20_000),
                        new SctpSendOptions(random.nextBoolean(), random.nextInt(4) - 1, -1));
        }
        target.settle();
    }

    private void resetStream(int streamId) {
        if (target.a.state() == SctpState.ESTABLISHED) {
            target.a.resetStreams(new int[] {streamId}, target.now);
        }
    }

    private void endIt() {
        if (goesTooFar()) {
            if (random.nextBoolean()) {
                target.a.shutdown(target.now);
            } else {
                target.a.abort("enough", target.now);
            }
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A packet that was seen, with some bytes changed and the checksum right again. */
    private byte[] mutated() {
        if (target.seen.isEmpty()) {
            return noise();
        }
        byte[] bytes = target.seen.get(random.nextInt(target.seen.size())).clone();
        ByteBuffer.wrap(bytes).putInt(4, tag());
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt(256);
        }
        return reseal(bytes);
    }

    private static byte[] reseal(byte[] bytes) {
        CRC32C crc = new CRC32C();
        Arrays.fill(bytes, 8, 12, (byte) 0);
        crc.update(bytes);
        ByteBuffer.wrap(bytes).putInt(8, Integer.reverseBytes((int) crc.getValue()));
        return bytes;
    }

    private byte[] packet() {
        ByteBuffer out = ByteBuffer.allocate(1_400);
        Chunk first = chunk();
        int tag = first instanceof InitChunk ? (random.nextInt(8) == 0 ? tag() : 0) : tag();
        writer.begin(out, 1_400, 5000, 5000, tag);
        writer.add(first);
        for (int more = random.nextInt(4); more > 0; more--) {
            Chunk chunk = chunk();
            if (writer.fits(chunk.length()) && random.nextInt(4) != 0) {
                writer.add(chunk);
            }
        }
        writer.finish(ChecksumMode.CRC32C);
        return Arrays.copyOf(out.array(), out.position());
    }

    private int tag() {
        return random.nextInt(20) == 0 ? (random.nextBoolean() ? target.tagOfZ : random.nextInt()) : target.tagOfA;
    }

    private Chunk chunk() {
        return switch (random.nextInt(24)) {
            case 0 -> new InitChunk(nonZero(), size(), streams(), streams(), random.nextInt(), parameters());
            case 1 -> new InitAckChunk(nonZero(), size(), streams(), streams(), random.nextInt(), parameters());
            case 2, 3, 4, 5 -> sack();
            case 6 -> new HeartbeatChunk(parameters());
            case 7 -> new HeartbeatAckChunk(parameters());
            case 8 ->
                random.nextInt(10) == 0
                        ? new AbortChunk(random.nextBoolean(), List.of(cause()))
                        : new PadChunk(random.nextInt(20));
            case 9 -> goesTooFar() ? new ShutdownChunk(tsnOfA()) : new UnknownChunk(255, 1, bytes(20));
            case 10 -> goesTooFar() ? new ShutdownAckChunk() : new UnknownChunk(63, 0, bytes(20));
            case 11 -> new ErrorChunk(List.of(cause(), cause()));
            case 12 -> new CookieEchoChunk(random.nextBoolean() ? Bytes.copyOf(target.cookie) : bytes(100));
            case 13 -> new CookieAckChunk();
            case 14 -> new ShutdownCompleteChunk(random.nextBoolean());
            case 15, 16 -> forwardTsn();
            case 17, 18 -> new ReConfigChunk(random.nextInt(4) == 0 ? parameters() : List.of(reConfigParameter()));
            case 19 ->
                goesTooFar() ? (target.interleaving ? data() : iData()) : new UnknownChunk(129, 0xFF, bytes(200));
            default -> target.interleaving ? lawfulIData() : data();
        };
    }

    /** Mostly the next fragment of one of several messages that are under way side by side. */
    private Chunk lawfulIData() {
        int streamId = random.nextInt(STREAMS);
        boolean unordered = random.nextBoolean();
        int message = 2 * streamId + (unordered ? 1 : 0);
        boolean begins = nextFsn[message] == 0;
        boolean ends = random.nextInt(3) == 0;
        int flags =
                (begins ? DataFlags.BEGINNING : 0) | (ends ? DataFlags.END : 0) | (unordered ? DataFlags.UNORDERED : 0);
        int mid = goesTooFar() ? random.nextInt(6) : nextMid[message];
        int ppidOrFsn = begins ? 53 : goesTooFar() ? random.nextInt(10) : nextFsn[message];
        nextFsn[message] = ends ? 0 : nextFsn[message] + 1;
        nextMid[message] += ends ? 1 : 0;
        byte[] payload = payload(streamId);
        int tsn = random.nextInt(8) == 0 ? tsnOfZ() : ++ownTsn;
        return new IDataChunk(flags, tsn, streamId, mid, ppidOrFsn, ByteBuffer.wrap(payload), 0, payload.length);
    }

    private Chunk iForwardTsn() {
        List<IForwardTsnChunk.SkippedMessage> skipped = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            skipped.add(new IForwardTsnChunk.SkippedMessage(
                    random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(4),
                    random.nextBoolean(),
                    random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(8)));
        }
        return new IForwardTsnChunk(tsnOfZ(), List.copyOf(skipped));
    }

    private Chunk data() {
        if (!inMessage) {
            messageStream = random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(STREAMS);
            messageFlags = random.nextInt(4) << 2;
        }
        boolean begins = !inMessage;
        boolean ends = random.nextInt(3) != 0;
        inMessage = !ends;
        int flags = messageFlags | (begins ? DataFlags.BEGINNING : 0) | (ends ? DataFlags.END : 0);
        byte[] payload = payload(messageStream);
        boolean lawful = inMessage || !begins || random.nextInt(8) != 0;
        int tsn = lawful ? ++ownTsn : tsnOfZ();
        int ssn = ssn(lawful, ends && (flags & DataFlags.UNORDERED) == 0);
        return new DataChunk(
                goesTooFar() ? random.nextInt(16) : flags,
                tsn,
                messageStream,
                ssn,
                53,
                ByteBuffer.wrap(payload),
                0,
                payload.length);
    }

    /** Mostly the right one. */
    private int ssn(boolean lawful, boolean isLast) {
        if (messageStream >= STREAMS || !lawful) {
            return random.nextInt(6);
        }
        return isLast ? nextSsn[messageStream]++ : nextSsn[messageStream];
    }

    private Chunk iData() {
        int streamId = random.nextInt(4);
        byte[] payload = payload(streamId);
        return new IDataChunk(
                random.nextInt(16),
                tsnOfZ(),
                streamId,
                random.nextInt(6),
                53,
                ByteBuffer.wrap(payload),
                0,
                payload.length);
    }

    private byte[] payload(int streamId) {
        byte[] payload = new byte[goesTooFar() ? 0 : 1 + random.nextInt(300)];
        Arrays.fill(payload, (byte) streamId);
        return payload;
    }

    private Chunk sack() {
        int[] blocks = new int[2 * random.nextInt(5)];
        int[] duplicates = new int[random.nextInt(3)];
        int at = 1;
        for (int i = 0; i < blocks.length; i++) {
            at += random.nextInt(4);
            blocks[i] = random.nextInt(20) == 0 ? random.nextInt(65_536) : at;
        }
        for (int i = 0; i < duplicates.length; i++) {
            duplicates[i] = random.nextInt();
        }
        return new SackChunk(tsnOfA(), size(), blocks, duplicates);
    }

    private Chunk forwardTsn() {
        if (target.interleaving != goesTooFar()) {
            return iForwardTsn();
        }
        List<ForwardTsnChunk.SkippedStream> skipped = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            skipped.add(new ForwardTsnChunk.SkippedStream(
                    random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(4),
                    random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(8)));
        }
        return new ForwardTsnChunk(tsnOfZ(), List.copyOf(skipped));
    }

    private Parameter reConfigParameter() {
        int sequence = near(random.nextBoolean() ? target.lastTsnOfZ + 1 : target.lastTsnOfA + 1);
        int[] streamIds = new int[random.nextInt(4)];
        Arrays.setAll(streamIds, i -> random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(4));
        return switch (random.nextInt(6)) {
            case 0 -> new IncomingSsnResetRequest(sequence, streamIds);
            case 1 -> new SsnTsnResetRequest(sequence);
            case 2 -> new ReConfigurationResponse(sequence, random.nextInt(9));
            case 3 ->
                random.nextBoolean()
                        ? new AddOutgoingStreamsRequest(sequence, random.nextInt(65_536))
                        : new AddIncomingStreamsRequest(sequence, random.nextInt(65_536));
            default -> new OutgoingSsnResetRequest(sequence, random.nextInt(), tsnOfZ(), streamIds);
        };
    }

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            parameters.add(
                    switch (random.nextInt(9)) {
                        case 0 -> new StateCookieParameter(bytes(200));
                        case 1 -> new HeartbeatInfoParameter(bytes(60));
                        case 2 -> new ForwardTsnSupportedParameter();
                        case 3 -> SupportedExtensionsParameter.of(130, 192, 64, 194);
                        case 4 -> new UnknownParameter(random.nextInt(65_536), bytes(300));
                        case 5 -> new AddressParameter(11, bytes(20));
                        case 6 -> new CookiePreservativeParameter(0xFFFF_FFFFL);
                        case 7 -> new ZeroChecksumAcceptableParameter(random.nextInt(3));
                        default -> reConfigParameter();
                    });
        }
        return List.copyOf(parameters);
    }

    private ErrorCause cause() {
        return switch (random.nextInt(6)) {
            case 0 -> new StaleCookieCause(size());
            case 1 -> new UnrecognizedParametersCause(bytes(40));
            case 2 -> new UnrecognizedChunkTypeCause(bytes(40));
            case 3 -> new UserInitiatedAbortCause(bytes(40));
            case 4 -> new ProtocolViolationCause(bytes(40));
            default -> new UnknownCause(random.nextInt(65_536), bytes(40));
        };
    }

    /** Mostly the next, sometimes ahead, behind or far away. */
    private int tsnOfZ() {
        return switch (random.nextInt(8)) {
            case 0 -> near(target.lastTsnOfZ);
            case 1 -> ownTsn + random.nextInt(30);
            case 2 -> ownTsn - random.nextInt(30);
            default -> ++ownTsn;
        };
    }

    private int tsnOfA() {
        return random.nextInt(10) == 0 ? near(target.lastTsnOfA) : target.lastTsnOfA - random.nextInt(25) + 2;
    }

    private int near(int value) {
        return random.nextInt(4) == 0 ? value + FAR[random.nextInt(FAR.length)] : value + random.nextInt(7) - 3;
    }

    private long size() {
        return random.nextInt(3) == 0 ? random.nextLong(1L << 32) : random.nextLong(5_000);
    }

    private int streams() {
        return random.nextInt(4) == 0 ? random.nextInt(3) : 65_535;
    }

    private int nonZero() {
        return random.nextInt(20) == 0 ? 0 : random.nextInt() | 1;
    }

    private Bytes bytes(int bound) {
        byte[] bytes = new byte[random.nextInt(bound)];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
