package io.github.purrtc.ice;

/** Two peers connect, in a JVM of their own: what it takes to do so can be looked at from outside. */
final class FreshConnection {
    private FreshConnection() {}

    public static void main(String[] arguments) throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults())) {
            long start = System.nanoTime();
            int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
            for (int i = 0; i < rounds; i++) {
                start = System.nanoTime();
                Peer a = new Peer(network.nextLoop(), Peer.loopback());
                Peer z = new Peer(network.nextLoop(), Peer.loopback());
                a.gather();
                z.gather();
                Peer.connect(a, z);
                if (i == 0 || i == rounds - 1) {
                    System.out.println("connected by " + network.transportName() + " after "
                            + (System.nanoTime() - start) / 1_000 + " us");
                }
                a.stop();
                z.stop();
            }
        }
    }
}
