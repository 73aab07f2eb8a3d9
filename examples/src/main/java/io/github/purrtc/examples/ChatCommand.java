package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.RtcException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** {@code purrtc chat}. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        description = {
            "Lets two people talk, each at a terminal or in a browser on the echo server's page.",
            "",
            "What you type goes to the other one line by line, over a data channel: no server sees it. The two find each other in "
                    + "a room of the echo server, which both have to reach, or by copy and paste. Who knows a room's code can "
                    + "enter it; and the server could put itself between the two, as any signalling can: use one that you trust.",
            "",
            "Messages go to standard output, the other one's behind a >, all else to standard error. The end of the input or Ctrl-C "
                    + "ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc chat --room                      a fresh room; tell the other its code",
            "  purrtc chat --room k7xm-2pqd-hw9e       the other",
            "  purrtc chat --offer                     without a server: copy and paste,",
            "  purrtc chat --answer                    one line each way"
        })
final class ChatCommand implements Callable<Integer> {
    @Mixin
    private RendezvousArguments rendezvous = new RendezvousArguments();

    @Override
    public Integer call() throws Exception {
        BufferedReader input = LineInput.standard();
        Configuration configuration = rendezvous.configuration();
        try (CtrlC ctrlC = CtrlC.ends();
                Rendezvous meeting = rendezvous.open(input);
                PeerLink link = connect(configuration, meeting)) {
            Talk talk = new Talk(link.channel());
            ctrlC.first(() -> leave(talk, link));
            System.err.println("Connected. Say something!");
            start("listening", talk::listen);
            start("talking", () -> talk.talk(input));
            return ctrlC.awaitOr(talk.exitCode);
        }
    }

    private static PeerLink connect(Configuration configuration, Rendezvous meeting)
            throws IOException, InterruptedException {
        if (meeting instanceof RoomRendezvous room) {
            System.err.println("The other one may be a browser, too: " + room.page());
        }
        return PeerLink.connect(configuration, meeting, "chat");
    }

    @SuppressWarnings("try") // The process ends here.
    private static void leave(Talk talk, PeerLink link) {
        talk.end();
        link.close();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What the two threads have in common. */
    private static final class Talk {
        private final BlockingDataChannel channel;
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private volatile boolean leaving;

        Talk(BlockingDataChannel channel) {
            this.channel = channel;
        }

        private void listen() {
            try {
                for (DataChannelMessage message = channel.receive(); message != null; message = channel.receive()) {
                    System.out.println("> "
                            + (message.isText() ? Printable.of(message.text()) : "(" + message.size() + " bytes)"));
                }
                tell("The other one has gone.");
            } catch (IOException | RuntimeException e) {
                tell("The connection is lost: " + Failures.describe(e));
            }
            exitCode.complete(0);
        }

        private void talk(BufferedReader input) {
            try {
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    say(line);
                }
                leaving = true;
                channel.close();
            } catch (ClosedChannelException e) {
                // The other one has gone, and whoever listens says so.
            } catch (IOException e) {
                tell("Could not send: " + Failures.describe(e));
                exitCode.complete(1);
            }
        }

        private void say(String line) throws IOException {
            try {
                channel.send(line);
            } catch (RtcException e) {
                tell("Not sent: " + Failures.describe(e));
            }
        }

        private void end() {
            leaving = true;
            PeerLink.hangUp(channel);
        }

        /** That the channel ends is no news to who has closed it. */
        private void tell(String news) {
            if (!leaving) {
                System.err.println(news);
            }
        }
    }
}
