package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.KeyAlgorithm;
import io.github.purrtc.sdp.SdpDialect;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** This library, doing what it is told, as {@code agent.js} tells others. */
final class Agent implements AutoCloseable {
    /** For the largest message that a browser takes. */
    private static final int SEND_BUFFER_BYTES = (1 << 30) + (1 << 24);

    private final Consumer<ObjectNode> say;
    /** Of all connections: what an earlier one says late is not taken for the next one's. */
    private final List<AgentChannel> channels = new CopyOnWriteArrayList<>();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "agent");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable PeerConnection current;
    private volatile @Nullable Path packetLog;

    Agent(Consumer<ObjectNode> say) {
        this.say = say;
        say.accept(Json.of(
                "event", "hello", "version", "purrtc (Java " + Runtime.version().feature() + ")"));
    }

    /** Returns at once; the answer is said when it is there. */
    void hear(JsonNode line) {
        threads.execute(() -> {
            int request = line.path("request").asInt();
            try {
                JsonNode result = obey(line.path("command").asText(), line);
                say.accept(Json.of("reply", request, "result", result));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                say.accept(Json.of("reply", request, "error", String.valueOf(cause)));
            }
        });
    }

    private JsonNode obey(String command, JsonNode options) throws InterruptedException, ExecutionException {
        return switch (command) {
            case "connect" -> connect(options);
            case "log-packets" -> {
                packetLog = options.has("directory")
                        ? Path.of(options.path("directory").asText())
                        : null;
                yield Json.of();
            }
            case "channel" ->
                follow(connection().createDataChannel(options.path("label").asText(), channelOptions(options)))
                        .describe();
            case "offer" -> sdp(setLocal(offer(options)));
            case "answer" -> {
                get(connection().setRemoteDescription(description(SdpType.OFFER, options)));
                yield sdp(setLocal(get(connection().createAnswer())));
            }
            case "accept" -> done(get(connection().setRemoteDescription(description(SdpType.ANSWER, options))));
            case "candidate" ->
                done(get(connection()
                        .addIceCandidate(new IceCandidate(
                                options.path("candidate").asText(),
                                options.path("sdpMid").asText("0"),
                                null,
                                null))));
            case "description" -> sdp(connection().localDescription());
            case "close" -> {
                connection().close();
                yield Json.of();
            }
            default -> obey(command, channels.get(options.path("channel").asInt()), options);
        };
    }

    private static JsonNode obey(String command, AgentChannel channel, JsonNode options) throws InterruptedException {
        switch (command) {
            case "send" -> channel.send(options);
            case "flood" -> channel.flood(options);
            case "sink" -> channel.sink(options);
            case "count" -> channel.count();
            case "close-channel" -> channel.close();
            case "ticks" -> {
                return channel.ticks(options);
            }
            case "counted" -> {
                return channel.counted();
            }
            default -> throw new IllegalArgumentException("unknown command " + command);
        }
        return Json.of();
    }

    private JsonNode connect(JsonNode options) {
        close();
        PeerConnection connection = new PeerConnection(configuration(options));
        current = connection;
        connection.onIceCandidate(candidate -> {
            if (candidate != null && !candidate.candidate().isEmpty()) {
                say.accept(Json.of(
                        "event", "candidate", "candidate", candidate.candidate(), "sdpMid", candidate.sdpMid()));
            }
        });
        connection.onIceGatheringStateChange(state -> {
            if (state == IceGatheringState.COMPLETE) {
                say.accept(Json.of("event", "gathered"));
            }
        });
        connection.onConnectionStateChange(state -> say.accept(Json.of("event", "state", "state", state.toString())));
        connection.onDataChannel(channel ->
                say.accept(Json.of("event", "channel").setAll(follow(channel).describe())));
        return Json.of();
    }

    private Configuration configuration(JsonNode options) {
        Configuration.Builder builder = Configuration.builder();
        if (options.path("old").asBoolean()) {
            builder.sdpDialect(SdpDialect.LEGACY);
        }
        switch (options.path("certificate").asText()) {
            case "rsa" -> builder.certificate(DtlsCertificate.generate(KeyAlgorithm.RSA_2048));
            case "ecdsa" -> builder.certificate(DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256));
            default -> {}
        }
        Path log = packetLog;
        if (log != null) {
            builder.packetLog(log);
        }
        return builder.sendBufferLimit(SEND_BUFFER_BYTES).build();
    }

    private static DataChannelOptions channelOptions(JsonNode options) {
        DataChannelOptions.Builder builder = DataChannelOptions.builder()
                .ordered(options.path("ordered").asBoolean(true))
                .protocol(options.path("protocol").asText(""));
        if (options.has("maxRetransmits")) {
            builder.maxRetransmits(options.path("maxRetransmits").asInt());
        }
        if (options.has("maxPacketLifeTime")) {
            builder.maxPacketLifeTime(options.path("maxPacketLifeTime").asInt());
        }
        if (options.path("negotiated").asBoolean()) {
            builder.negotiated(options.path("id").asInt());
        }
        return builder.build();
    }

    private synchronized AgentChannel follow(io.github.purrtc.DataChannel channel) {
        AgentChannel followed = new AgentChannel(channel, channels.size(), say);
        channels.add(followed);
        return followed;
    }

    private SessionDescription offer(JsonNode options) throws InterruptedException, ExecutionException {
        OfferOption[] restart =
                options.path("restart").asBoolean() ? new OfferOption[] {OfferOption.ICE_RESTART} : new OfferOption[0];
        return get(connection().createOffer(restart));
    }

    private SessionDescription setLocal(SessionDescription description)
            throws InterruptedException, ExecutionException {
        get(connection().setLocalDescription(description));
        return description;
    }

    private PeerConnection connection() {
        PeerConnection connection = current;
        if (connection == null) {
            throw new IllegalStateException("connect first");
        }
        return connection;
    }

    private static SessionDescription description(SdpType type, JsonNode options) {
        return new SessionDescription(type, options.path("sdp").asText());
    }

    private static JsonNode sdp(@Nullable SessionDescription description) {
        return Json.of("sdp", description == null ? null : description.sdp());
    }

    private static JsonNode done(@SuppressWarnings("unused") @Nullable Void nothing) {
        return Json.of();
    }

    private static <T> T get(CompletionStage<T> stage) throws InterruptedException, ExecutionException {
        return stage.toCompletableFuture().get();
    }

    @Override
    public void close() {
        PeerConnection connection = current;
        if (connection != null) {
            connection.close();
        }
    }
}
