package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.LossyRelay;
import io.github.purrtc.PeerConnection;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;

/** Two peers whose one path is a relay that can stop. */
final class CuttablePair implements AutoCloseable {
    final PeerConnection a = Wpt.connection();
    final PeerConnection z = Wpt.connection();
    private @Nullable LossyRelay relay;

    DataChannel connect() {
        DataChannel channel = a.createDataChannel("test");
        negotiate();
        return openChannel(channel);
    }

    /** Z hears of A by its checks alone, which come by way of the relay. */
    void negotiate() {
        exchangeWithoutCandidates(a, z);
        until("gathered", () -> z.iceGatheringState() == IceGatheringState.COMPLETE);
        String[] fields = described(z.localDescription())
                .sdp()
                .lines()
                .filter(line -> line.matches("a=candidate:\\S+ 1 (?i:udp) \\d+ 127\\.0\\.0\\.1 .*"))
                .findFirst()
                .orElseThrow()
                .substring(2)
                .split(" ", -1);
        LossyRelay to = relay;
        if (to == null) {
            to = new LossyRelay(new InetSocketAddress(fields[4], Integer.parseInt(fields[5])), 1);
            relay = to;
        }
        fields[5] = Integer.toString(to.port());
        get(a.addIceCandidate(new IceCandidate(String.join(" ", fields), null, 0, null)));
    }

    /** Nothing passes any more. */
    void cut() {
        setLoss(1);
    }

    void mend() {
        setLoss(0);
    }

    private void setLoss(double probability) {
        LossyRelay path = relay;
        if (path != null) {
            path.setLoss(probability);
        }
    }

    @Override
    public void close() {
        a.close();
        z.close();
        LossyRelay path = relay;
        if (path != null) {
            path.close();
        }
    }
}
