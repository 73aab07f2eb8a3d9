package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** What sending and receiving files have in common: to meet, to connect, and to be interrupted. */
abstract class TransferCommand implements Callable<Integer> {
    private volatile boolean interrupted;

    @Mixin
    private RendezvousArguments rendezvous = new RendezvousArguments();

    /** Checks the arguments, before anybody is met. */
    abstract void check() throws IOException;

    /** Sends or receives all files. */
    abstract void transfer(FileLine line, Progress progress) throws IOException;

    @Override
    public Integer call() throws Exception {
        check();
        Configuration configuration = rendezvous.configuration();
        CtrlC ctrlC = CtrlC.ends(CtrlC.INTERRUPTED);
        try (Rendezvous meeting = rendezvous.open(LineInput.standard());
                PeerLink link = PeerLink.connect(configuration, meeting, "files");
                Progress progress = Progress.onStandardError()) {
            ctrlC.first(() -> interrupt(link, progress));
            System.err.println("Connected");
            transfer(new FileLine(link.channel()), progress);
            return 0;
        } catch (IOException | RuntimeException e) {
            if (interrupted) {
                // It failed because of that, which has been told.
                ctrlC.await();
            }
            throw e;
        } finally {
            ctrlC.close();
        }
    }

    private void interrupt(PeerLink link, Progress progress) {
        interrupted = true;
        link.close();
        progress.close();
        System.err.println("Interrupted; the same command goes on from here");
    }
}
