package dev.mortise.cli.serve;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.HostOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.DataDirectory;
import dev.mortise.gateway.GatewaySettings;
import dev.mortise.gateway.GatewaySettingsReader;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a host in this process. */
@Command(name = "serve", addMethodSubcommands = false, description = "Run a host until it is told to stop.")
public final class ServeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HostOptions options = new HostOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = ListenAddress.DEFAULT,
            description = "Where to listen; port 0 is any that is free (default: ${DEFAULT-VALUE}).")
    private String listen = ListenAddress.DEFAULT;

    @Nullable
    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "Packages that can be installed by name (default: the shipped plugins).")
    private String catalog;

    @Nullable
    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Serve TLS with this PEM certificate chain.")
    private String certificate;

    @Nullable
    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key, PEM.")
    private String key;

    @Option(
            names = "--allow-plaintext",
            description = "Serve without TLS on an address that others can reach; tokens travel in the clear.")
    private boolean plaintext;

    @Option(names = "--require-digest", description = "Refuse packages from outside that come without a digest.")
    private boolean requireDigest;

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description = "Take packages only from this host; may be repeated (default: any public one).")
    private Set<String> allowedHosts = new HashSet<>();

    @Option(
            names = "--allow-private-addresses",
            description = "Take packages also from private and loopback addresses.")
    private boolean privateAddresses;

    @Nullable
    @Option(
            names = "--gateway",
            paramLabel = "FILE",
            description = "Settings of the gateway for language models, JSON (default: its defaults).")
    private String gateway;

    @Option(
            names = "--clean",
            description = "Start without plugins and keep nothing; what is installed stays as it is.")
    private boolean clean;

    @Option(names = "--no-default-plugins", description = "Do not install the shipped plugins on the first start.")
    private boolean noDefaultPlugins;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "debug, info, warning or error (default: ${DEFAULT-VALUE}).")
    private LogLevel log = LogLevel.INFO;

    private Preparation preparation = Preparation.NONE;

    /** From which level on lines are shown. */
    enum LogLevel {
        DEBUG(Level.FINE),
        INFO(Level.INFO),
        WARNING(Level.WARNING),
        ERROR(Level.SEVERE);

        private final Level level;

        LogLevel(Level level) {
            this.level = level;
        }
    }

    public ServeCommand(Shell shell) {
        this.shell = shell;
    }

    /** Begins, while the command line is still being read, with what does not depend on it. */
    public void prepare() {
        preparation = Preparation.begin(shell.nativeLibraries());
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Logger> configured = LogLines.configure(shell.err(), shell.zone(), log.level);
        StopSignals signals = StopSignals.install();
        try (ServedHost served = ServedHost.start(settings(), preparation)) {
            announce(served);
            signals.await();
            if (!options.json()) {
                shell.out().println("stopping: calls under way may finish; a second signal ends them");
            }
        }
        // Weakly held by the platform, and with them their levels.
        java.lang.ref.Reference.reachabilityFence(configured);
        return ExitCode.DONE;
    }

    private void announce(ServedHost served) {
        long millis = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis())
                .orElse(-1L);
        if (options.json()) {
            shell.out()
                    .println(dev.mortise.api.json.JsonObject.of(
                                    "url", served.url().toString())
                            .with("pid", ProcessHandle.current().pid())
                            .with("ready_ms", millis));
            return;
        }
        String data = options.data() == null ? "" : " --data " + options.data();
        shell.out().println("Mortise " + dev.mortise.cli.ProgramVersion.current() + " serves " + served.url());
        served.example()
                .ifPresent(function -> shell.out().println("  call a function   mortise invoke " + function + data));
        shell.out().println("  see the plugins   mortise list" + data);
        shell.out()
                .println("  ask a model       OPENAI_BASE_URL=" + served.url() + "/v1 and the token as OPENAI_API_KEY");
        shell.out()
                .println("  HTTP              curl -H \"Authorization: Bearer $(cat "
                        + DataDirectory.of(shell, options.data()).tokenFile() + ")\" " + served.url()
                        + "/api/v1/plugins");
        shell.out().println(String.format(Locale.ROOT, "ready in %d ms", millis));
    }

    private ServeSettings settings() {
        return new ServeSettings(
                DataDirectory.of(shell, options.data()),
                shell.nativeLibraries(),
                catalog(),
                serverSettings(),
                new HostSettings(
                        requireDigest,
                        allowedHosts,
                        privateAddresses,
                        HostSettings.DEFAULT.allowPlainHttp(),
                        HostSettings.DEFAULT.maxPackageBytes(),
                        HostSettings.DEFAULT.keptGenerations(),
                        HostSettings.DEFAULT.probation()),
                gatewaySettings(),
                clean,
                !noDefaultPlugins);
    }

    private GatewaySettings gatewaySettings() {
        if (gateway == null) {
            return GatewaySettings.DEFAULT;
        }
        Path file = shell.resolve(gateway);
        try {
            return switch (GatewaySettingsReader.read(Files.readAllBytes(file))) {
                case Result.Ok<GatewaySettings>(GatewaySettings settings) -> settings;
                case Result.Refused<GatewaySettings>(Problem problem) ->
                    throw CommandFailure.of(file + ": " + problem.message());
            };
        } catch (IOException e) {
            throw CommandFailure.of("the gateway's settings " + file + " cannot be read: " + e.getMessage());
        }
    }

    private Optional<Path> catalog() {
        if (catalog == null) {
            return shell.distribution().map(home -> home.resolve("catalog")).filter(Files::isDirectory);
        }
        Path folder = shell.resolve(catalog);
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.of("there is no catalog folder " + folder);
        }
        return Optional.of(folder);
    }

    private ServerSettings serverSettings() {
        ListenAddress address = ListenAddress.parse(listen);
        ServerSettings settings = ServerSettings.DEFAULT.with(
                new ServerSettings.Address(address.host(), address.port(), plaintext, Set.of()));
        if (certificate == null && key == null) {
            return settings;
        }
        if (certificate == null || key == null) {
            throw CommandFailure.usage("--tls-cert and --tls-key belong together; one of them is missing");
        }
        return settings.with(new ServerSettings.Tls(shell.resolve(certificate), shell.resolve(key)));
    }
}
