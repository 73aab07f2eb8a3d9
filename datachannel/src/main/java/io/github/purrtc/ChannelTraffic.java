package io.github.purrtc;

/** What went over a channel: webrtc-stats §8.9. Confined to the loop. */
final class ChannelTraffic {
    boolean wasOpen;
    long messagesSent;
    long bytesSent;
    long messagesReceived;
    long bytesReceived;

    /** @param whole whether a message ends with these bytes */
    void sent(int bytes, boolean whole) {
        bytesSent += bytes;
        messagesSent += whole ? 1 : 0;
    }

    /** @param whole whether a message ends with these bytes */
    void received(int bytes, boolean whole) {
        bytesReceived += bytes;
        messagesReceived += whole ? 1 : 0;
    }
}
