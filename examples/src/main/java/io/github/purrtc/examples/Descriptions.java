package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.RtcException;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;

/** Session descriptions as one line of JSON: {@code {"type":"offer","sdp":"…"}}. */
final class Descriptions {
    private Descriptions() {}

    static String toJson(SessionDescription description) {
        return Json.object()
                .put("type", description.type().toString())
                .put("sdp", description.sdp())
                .toString();
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static SessionDescription parse(String json) {
        JsonNode object = Json.parseObject(json);
        String type = Json.requireText(object, "type");
        String sdp = Json.requireText(object, "sdp");
        try {
            return new SessionDescription(SdpType.of(type), sdp);
        } catch (RtcException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
