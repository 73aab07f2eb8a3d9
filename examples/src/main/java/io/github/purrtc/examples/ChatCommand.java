package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import io.github.purrtc.DataChannelMessage;
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
            "Lets two people talk, each at a terminal.",
            "",
            "What you type goes to the other one line by line, over a data channel: no server sees it. The two find each other in "
                    + "a room of the echo server, which both have to reach, or by copy and paste. Who knows a room's code can "
                    + "enter it; and the server could put itself between the two, as any signalling can: use one that you trust.",
            "",
            "Messages go to standard output, all else to standard error. The end of the input or Ctrl-C ends the program."
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
        try (CtrlC ctrlC = CtrlC.ends();
                Rendezvous meeting = rendezvous.open(input);
                PeerLink link = PeerLink.connect(rendezvous, meeting, "chat")) {
            ctrlC.first(link::close);
            System.err.println("Connected. Say something!");
            CompletableFuture<Integer> exitCode = new CompletableFuture<>();
            start("listening", () -> listen(link.channel(), exitCode));
            start("talking", () -> talk(input, link.channel(), exitCode));
            return ctrlC.awaitOr(exitCode);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void listen(BlockingDataChannel channel, CompletableFuture<Integer> exitCode) {
        try {
            for (DataChannelMessage message = channel.receive(); message != null; message = channel.receive()) {
                System.out.println(
                        "> " + (message.isText() ? Printable.of(message.text()) : "(" + message.size() + " bytes)"));
            }
            System.err.println("The other one has gone.");
        } catch (IOException | RuntimeException e) {
            System.err.println("The connection is lost: " + Failures.describe(e));
        }
        exitCode.complete(0);
    }

    private static void talk(BufferedReader input, BlockingDataChannel channel, CompletableFuture<Integer> exitCode) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                channel.send(line);
            }
            channel.close();
        } catch (ClosedChannelException e) {
            // The other one has gone, and whoever listens says so.
        } catch (IOException | RuntimeException e) {
            System.err.println("Could not send: " + Failures.describe(e));
            exitCode.complete(1);
        }
    }
}
