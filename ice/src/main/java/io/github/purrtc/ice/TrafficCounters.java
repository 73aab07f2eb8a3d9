package io.github.purrtc.ice;

/** What passed by a transport, whatever pair it took. */
final class TrafficCounters {
    long packetsSent;
    long packetsReceived;
    long bytesSent;
    long bytesReceived;
    long packetsDropped;
    long selectedPairChanges;

    void sent(int bytes) {
        packetsSent++;
        bytesSent += bytes;
    }

    void received(int bytes) {
        packetsReceived++;
        bytesReceived += bytes;
    }
}
