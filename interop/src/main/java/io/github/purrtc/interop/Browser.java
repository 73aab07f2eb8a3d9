package io.github.purrtc.interop;

import io.github.purrtc.interop.Kind.Addresses;
import io.github.purrtc.interop.Kind.Opened;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a driver: a process that opens the page of a server of its own. */
final class Browser implements Link {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int END_SECONDS = 5;

    // What they would do on the network by themselves is switched off.
    private static final List<String> CHROMIUM = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-component-update",
            "--disable-sync",
            "--disable-default-apps",
            "--disable-dev-shm-usage");
    private static final List<String> FIREFOX = List.of(
            "app.update.enabled",
            "app.normandy.enabled",
            "browser.safebrowsing.malware.enabled",
            "browser.safebrowsing.phishing.enabled",
            "browser.shell.checkDefaultBrowser",
            "browser.newtabpage.enabled",
            "datareporting.policy.dataSubmissionEnabled",
            "datareporting.healthreport.uploadEnabled",
            "dom.push.connection.enabled",
            "extensions.systemAddon.update.enabled",
            "extensions.update.enabled",
            "media.gmp-manager.updateEnabled",
            "media.gmp-provider.enabled",
            "network.captive-portal-service.enabled",
            "network.connectivity-service.enabled",
            "toolkit.telemetry.enabled",
            "toolkit.telemetry.unified");

    private final PageServer server;
    private final Path profile;
    private final Process process;

    private Browser(PageServer server, Path profile, Process process) {
        this.server = server;
        this.profile = profile;
        this.process = process;
    }

    static Opened open(Kind kind, Path folder, Addresses addresses) throws IOException, InterruptedException {
        Path program = kind.program().orElseThrow();
        Peer peer = new Peer(kind.title());
        PageServer server = new PageServer(folder, peer);
        Path profile = Files.createTempDirectory("purrtc-" + kind.title() + "-");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(kind == Kind.CHROMIUM ? chromium(profile, addresses) : firefox(profile, addresses));
        command.add(server.page());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().put("HOME", profile.toString());
        peer.attach(new Browser(server, profile, builder.start()));
        try {
            peer.await("hello", line -> true, START_LIMIT);
        } catch (IOException e) {
            peer.close();
            throw e;
        }
        return new Opened(peer, version(program));
    }

    private static List<String> chromium(Path profile, Addresses addresses) {
        List<String> arguments = new ArrayList<>(CHROMIUM);
        arguments.add("--user-data-dir=" + profile);
        if (addresses == Addresses.SHOWN) {
            arguments.add("--disable-features=WebRtcHideLocalIpsWithMdns");
        }
        return arguments;
    }

    private static List<String> firefox(Path profile, Addresses addresses) throws IOException {
        List<String> preferences = new ArrayList<>();
        FIREFOX.forEach(name -> preferences.add("user_pref(\"" + name + "\", false);"));
        preferences.add("user_pref(\"services.settings.server\", \"data:,\");");
        preferences.add("user_pref(\"media.peerconnection.ice.obfuscate_host_addresses\", "
                + (addresses == Addresses.HIDDEN) + ");");
        Files.write(profile.resolve("user.js"), preferences);
        return List.of("--headless", "--no-remote", "--profile", profile.toString());
    }

    /** {@code Chromium 156.0.8078.108 built on …}, {@code Mozilla Firefox 153.7.0esr}. */
    private static String version(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectError(Redirect.DISCARD)
                .start();
        try (var output = process.getInputStream()) {
            String line = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            return line.replaceFirst("^Mozilla ", "").replaceFirst(" built on.*", "");
        }
    }

    @Override
    public void send(String line) {
        server.send(line);
    }

    @Override
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        server.close();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + profile);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
    }
}
