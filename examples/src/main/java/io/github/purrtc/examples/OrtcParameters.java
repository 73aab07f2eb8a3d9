package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.RtcException;
import io.github.purrtc.SctpParameters;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.TcpType;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** All that one end has to tell the other, as one line of JSON in the form of rawrtc's tools. */
record OrtcParameters(IceParameters ice, List<Candidate> candidates, DtlsParameters dtls, SctpParameters sctp) {
    private static final int COMPONENT = 1;
    /** RFC 8841 §6.1: of who does not announce a size. */
    private static final long DEFAULT_MAX_MESSAGE_SIZE = 65_536;

    String toJson() {
        ObjectNode object = Json.object();
        object.putObject("iceParameters")
                .put("usernameFragment", ice.usernameFragment())
                .put("password", ice.password())
                .put("iceLite", ice.lite());
        ArrayNode list = object.putArray("iceCandidates");
        candidates.forEach(candidate -> write(candidate, list.addObject()));
        ObjectNode security = object.putObject("dtlsParameters")
                .put("role", dtls.role().name().toLowerCase(Locale.ROOT));
        ArrayNode fingerprints = security.putArray("fingerprints");
        dtls.fingerprints()
                .forEach(fingerprint -> fingerprints
                        .addObject()
                        .put("algorithm", fingerprint.algorithm())
                        .put("value", fingerprint.value()));
        object.putObject("sctpParameters")
                .put("maxMessageSize", sctp.maxMessageSize())
                .put("port", sctp.port());
        return object.toString();
    }

    private static void write(Candidate candidate, ObjectNode fields) {
        fields.put("foundation", candidate.foundation())
                .put("priority", candidate.priority())
                .put("ip", candidate.address())
                .put("protocol", candidate.protocol().token())
                .put("port", candidate.port())
                .put("type", candidate.type().token());
        TcpType tcpType = candidate.tcpType();
        if (tcpType != null) {
            fields.put("tcpType", tcpType.token());
        }
        if (candidate.relatedAddress() != null) {
            fields.put("relatedAddress", candidate.relatedAddress()).put("relatedPort", candidate.relatedPort());
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static OrtcParameters parse(String json) {
        JsonNode object = Json.parseObject(json);
        try {
            return new OrtcParameters(
                    ice(Json.requireObject(object, "iceParameters")),
                    each(Json.requireArray(object, "iceCandidates"), OrtcParameters::candidate),
                    dtls(Json.requireObject(object, "dtlsParameters")),
                    sctp(Json.requireObject(object, "sctpParameters")));
        } catch (RtcException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static IceParameters ice(JsonNode fields) {
        return new IceParameters(
                Json.requireText(fields, "usernameFragment"),
                Json.requireText(fields, "password"),
                fields.path("iceLite").asBoolean(false));
    }

    private static Candidate candidate(JsonNode fields) {
        JsonNode relatedAddress = fields.get("relatedAddress");
        return new Candidate(
                Json.requireText(fields, "foundation"),
                COMPONENT,
                byToken(IceProtocol.values(), IceProtocol::token, Json.requireText(fields, "protocol")),
                Json.requireWhole(fields, "priority", 1, 0xFFFF_FFFFL),
                Json.requireText(fields, "ip"),
                (int) Json.requireWhole(fields, "port", 0, 65_535),
                byToken(CandidateType.values(), CandidateType::token, Json.requireText(fields, "type")),
                relatedAddress == null ? null : relatedAddress.asText(),
                fields.has("relatedPort") ? (int) Json.requireWhole(fields, "relatedPort", 0, 65_535) : 0,
                tcpType(fields),
                null);
    }

    private static @Nullable TcpType tcpType(JsonNode fields) {
        return fields.has("tcpType")
                ? byToken(TcpType.values(), TcpType::token, Json.requireText(fields, "tcpType"))
                : null;
    }

    private static <T> T byToken(T[] values, Function<T, String> token, String word) {
        return Arrays.stream(values)
                .filter(value -> token.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is none of "
                        + Arrays.stream(values).map(token).toList()));
    }

    private static DtlsParameters dtls(JsonNode fields) {
        String role = Json.requireText(fields, "role");
        List<Fingerprint> fingerprints = each(
                Json.requireArray(fields, "fingerprints"),
                entry -> new Fingerprint(Json.requireText(entry, "algorithm"), Json.requireText(entry, "value")));
        return new DtlsParameters(
                byToken(DtlsParameters.Role.values(), value -> value.name().toLowerCase(Locale.ROOT), role),
                fingerprints);
    }

    private static SctpParameters sctp(JsonNode fields) {
        long size = fields.has("maxMessageSize")
                ? Json.requireWhole(fields, "maxMessageSize", 0, Long.MAX_VALUE)
                : DEFAULT_MAX_MESSAGE_SIZE;
        int port = fields.has("port") ? (int) Json.requireWhole(fields, "port", 1, 65_535) : 5_000;
        return new SctpParameters(port, size);
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> parse) {
        List<T> values = new ArrayList<>();
        array.forEach(entry -> values.add(parse.apply(entry)));
        return values;
    }
}
