package io.github.purrtc.sctp.packet;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Anything that can be written. */
final class WireArbitraries {
    private static final Set<Integer> KNOWN_CHUNKS =
            Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 64, 130, 132, 192, 194);
    private static final Set<Integer> KNOWN_PARAMETERS =
            Set.of(1, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 0x8001, 0x8008, 0xC000);

    private WireArbitraries() {}

    static Arbitrary<Chunk> chunks() {
        return Arbitraries.oneOf(List.of(
                data(),
                iData(),
                init(),
                initAck(),
                sacks(),
                parameters().list().ofMaxSize(3).map(HeartbeatChunk::new),
                parameters().list().ofMaxSize(3).map(HeartbeatAckChunk::new),
                Combinators.combine(Arbitraries.of(true, false), causes().list().ofMaxSize(3))
                        .as(AbortChunk::new),
                int32().map(ShutdownChunk::new),
                Arbitraries.just(new ShutdownAckChunk()),
                causes().list().ofMaxSize(3).map(ErrorChunk::new),
                bytes().map(CookieEchoChunk::new),
                Arbitraries.just(new CookieAckChunk()),
                Arbitraries.of(true, false).map(ShutdownCompleteChunk::new),
                parameters().list().ofMaxSize(3).map(ReConfigChunk::new),
                Arbitraries.integers().between(0, 50).map(PadChunk::new),
                forwardTsn(),
                iForwardTsn(),
                Combinators.combine(
                                Arbitraries.integers().between(0, 255).filter(type -> !KNOWN_CHUNKS.contains(type)),
                                uint8(),
                                bytes())
                        .as(UnknownChunk::new)));
    }

    static Arbitrary<Parameter> parameters() {
        return Arbitraries.oneOf(List.of(
                bytes().map(HeartbeatInfoParameter::new),
                bytes().map(StateCookieParameter::new),
                bytes().map(UnrecognizedParameter::new),
                uint32().map(CookiePreservativeParameter::new),
                bytes().map(SupportedExtensionsParameter::new),
                Arbitraries.just(new ForwardTsnSupportedParameter()),
                int32().map(ZeroChecksumAcceptableParameter::new),
                Combinators.combine(Arbitraries.of(5, 6, 11, 12), bytes()).as(AddressParameter::new),
                Combinators.combine(int32(), int32(), int32(), uint16s()).as(OutgoingSsnResetRequest::new),
                Combinators.combine(int32(), uint16s()).as(IncomingSsnResetRequest::new),
                int32().map(SsnTsnResetRequest::new),
                Combinators.combine(
                                int32(),
                                uint32(),
                                Combinators.combine(int32(), int32())
                                        .as(ReConfigurationResponse.NextTsns::new)
                                        .injectNull(0.5))
                        .as(ReConfigurationResponse::new),
                Combinators.combine(int32(), uint16()).as(AddOutgoingStreamsRequest::new),
                Combinators.combine(int32(), uint16()).as(AddIncomingStreamsRequest::new),
                Combinators.combine(uint16().filter(type -> !KNOWN_PARAMETERS.contains(type)), bytes())
                        .as(UnknownParameter::new)));
    }

    static Arbitrary<ErrorCause> causes() {
        return Arbitraries.oneOf(List.of(
                uint16().map(InvalidStreamIdentifierCause::new),
                uint16().list().ofMaxSize(5).map(MissingMandatoryParameterCause::new),
                uint32().map(StaleCookieCause::new),
                Arbitraries.just(new OutOfResourceCause()),
                bytes().map(UnresolvableAddressCause::new),
                bytes().map(UnrecognizedChunkTypeCause::new),
                Arbitraries.just(new InvalidMandatoryParameterCause()),
                bytes().map(UnrecognizedParametersCause::new),
                int32().map(NoUserDataCause::new),
                Arbitraries.just(new CookieReceivedWhileShuttingDownCause()),
                bytes().map(RestartWithNewAddressesCause::new),
                bytes().map(UserInitiatedAbortCause::new),
                bytes().map(ProtocolViolationCause::new),
                Combinators.combine(Arbitraries.integers().between(14, 65_535), bytes())
                        .as(UnknownCause::new)));
    }

    private static Arbitrary<Chunk> data() {
        return Combinators.combine(Arbitraries.integers().between(0, 15), int32(), uint16(), uint16(), int32(), bytes())
                .as((flags, tsn, streamId, ssn, ppid, payload) ->
                        new DataChunk(flags, tsn, streamId, ssn, ppid, payload.asBuffer(), 0, payload.length()));
    }

    private static Arbitrary<Chunk> iData() {
        return Combinators.combine(Arbitraries.integers().between(0, 15), int32(), uint16(), int32(), int32(), bytes())
                .as((flags, tsn, streamId, mid, fsn, payload) -> {
                    ByteBuffer buffer =
                            ByteBuffer.allocate(payload.length() + 3).put(3, payload.toArray());
                    return new IDataChunk(flags, tsn, streamId, mid, fsn, buffer, 3, payload.length());
                });
    }

    private static Arbitrary<Chunk> init() {
        return Combinators.combine(
                        int32(),
                        uint32(),
                        uint16(),
                        uint16(),
                        int32(),
                        parameters().list().ofMaxSize(4))
                .as(InitChunk::new);
    }

    private static Arbitrary<Chunk> initAck() {
        return Combinators.combine(
                        int32(),
                        uint32(),
                        uint16(),
                        uint16(),
                        int32(),
                        parameters().list().ofMaxSize(4))
                .as(InitAckChunk::new);
    }

    private static Arbitrary<Chunk> sacks() {
        Arbitrary<int[]> blocks = uint16().array(int[].class).ofMaxSize(20).filter(array -> array.length % 2 == 0);
        return Combinators.combine(
                        int32(), uint32(), blocks, int32().array(int[].class).ofMaxSize(5))
                .as(SackChunk::new);
    }

    private static Arbitrary<Chunk> forwardTsn() {
        Arbitrary<ForwardTsnChunk.SkippedStream> skipped =
                Combinators.combine(uint16(), uint16()).as(ForwardTsnChunk.SkippedStream::new);
        return Combinators.combine(int32(), skipped.list().ofMaxSize(10)).as(ForwardTsnChunk::new);
    }

    private static Arbitrary<Chunk> iForwardTsn() {
        Arbitrary<IForwardTsnChunk.SkippedMessage> skipped = Combinators.combine(
                        uint16(), Arbitraries.of(true, false), int32())
                .as(IForwardTsnChunk.SkippedMessage::new);
        return Combinators.combine(int32(), skipped.list().ofMaxSize(10)).as(IForwardTsnChunk::new);
    }

    private static Arbitrary<Integer> int32() {
        return Arbitraries.integers();
    }

    private static Arbitrary<Long> uint32() {
        return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    }

    private static Arbitrary<Integer> uint16() {
        return Arbitraries.integers().between(0, 65_535);
    }

    private static Arbitrary<Integer> uint8() {
        return Arbitraries.integers().between(0, 255);
    }

    private static Arbitrary<int[]> uint16s() {
        return uint16().array(int[].class).ofMaxSize(10);
    }

    private static Arbitrary<Bytes> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Bytes::copyOf);
    }
}
