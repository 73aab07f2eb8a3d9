package io.github.purrtc.wpt;

import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalInt;

import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.connection;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §6.2: an unsigned short with EnforceRange. */
@DisplayName("RTCDataChannelInit-maxPacketLifeTime-enforce-range.html")
class EnforceRangeMaxPacketLifeTimeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "maxPacketLifeTime with value 0 should succeed | 0",
                "maxPacketLifeTime with value 1 should succeed | 1",
                "maxPacketLifeTime with value 1000 should succeed | 1000",
                "maxPacketLifeTime with maximum value 65535 should succeed | 65535",
                "maxPacketLifeTime with value 65534 (max-1) should succeed | 65534",
                "maxPacketLifeTime with value 3 should succeed | 3",
                "maxPacketLifeTime with value 10 should succeed | 10"
            })
    void inRange(String name, int value) {
        try (PeerConnection pc = connection()) {
            DataChannelOptions options =
                    DataChannelOptions.builder().maxPacketLifeTime(value).build();
            assertEquals(
                    OptionalInt.of(value), pc.createDataChannel("", options).maxPacketLifeTime());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "maxPacketLifeTime with value -1 should throw TypeError | -1",
                "maxPacketLifeTime with value -100 should throw TypeError | -100",
                "maxPacketLifeTime with value 65536 should throw TypeError | 65536",
                "maxPacketLifeTime with value 100000 should throw TypeError | 100000"
            })
    void outOfRange(String name, int value) {
        assertEquals(
                ErrorName.TYPE_ERROR, call(() -> DataChannelOptions.builder().maxPacketLifeTime(value)));
    }

    @Test
    @DisplayName("maxPacketLifeTime when omitted should be null")
    void omitted() {
        try (PeerConnection pc = connection()) {
            assertEquals(OptionalInt.empty(), pc.createDataChannel("").maxPacketLifeTime());
        }
    }
}
