package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.WebRtc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;

/** {@code purrtc echo}. */
@Command(
        name = "echo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Serves a page that opens a data channel to this program, which sends every message back as it was.",
            "",
            "Open the address that is printed in a browser and press Start. The console tells what happens to each "
                    + "page's connection; pages are called (A), (B) and so on. Ctrl-C says good-bye to all of them and ends.",
            "",
            "The server has rooms, too, in which chat, send-file and receive-file find each other, and people at the page for a chat."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc echo",
            "  purrtc echo --port 0              any free port",
            "  purrtc echo --legacy-sdp          offer as rawrtc 0.2.2 did",
            "  purrtc echo --host 0.0.0.0        let other machines in, too",
            "  purrtc echo --udp-port 5001       all connections on one port (see route)"
        })
final class EchoCommand implements Callable<Integer> {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on for HTTP (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8889",
            description = "Port to listen on for HTTP, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private DialectOption sdp = new DialectOption();

    @Mixin
    private IceArguments ice = new IceArguments();

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration.Builder connections = ice.configuration().sdpDialect(sdp.dialect());
        node.apply(connections);
        Configuration configuration = connections.build();
        WebRtc webRtc = node.webRtc();
        try (Story story = Story.onStandardOutput();
                EchoServer server = EchoServer.start(options(webRtc, configuration), story)) {
            story.tell("The echo page is at " + server.page() + " (Ctrl-C ends)");
            try (CtrlC ctrlC = CtrlC.ends(server::close, () -> story.tell("Good-bye"), story::close)) {
                ctrlC.await();
            }
            return 0;
        }
    }

    private EchoOptions options(WebRtc webRtc, Configuration configuration) {
        return new EchoOptions(host, port, () -> webRtc.peerConnection(configuration));
    }
}
