package dev.mortise.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.gateway.ChatGateway;
import dev.mortise.gateway.GatewayRings;
import dev.mortise.gateway.GatewaySettings;
import dev.mortise.gateway.http.GatewayRoutes;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.model.PluginId;
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What ten hooks cost a gateway: two of them in one process, one with ten hooks that let everything pass and one without
 * any, take turns in answering the same clients. With llm-echo the model is within the process and nothing hides the
 * hooks; with llm-openai the gateway is the proxy of a server. CPU time counts clients and servers together.
 */
public final class GatewayOverhead {

    private static final int CLIENTS = 8;
    private static final List<String> RINGS = List.of(
            "ingress",
            "ingress",
            "pre_flight",
            "pre_flight",
            "pre_flight",
            "pre_flight",
            "routing",
            "routing",
            "post_flight",
            "post_flight");
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private GatewayOverhead() {}

    /** @param arguments the package of llm-echo or llm-openai; the number of rounds; the milliseconds of each turn */
    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Duration turn = Duration.ofMillis(Long.parseLong(arguments[2]));
        Path folder = Files.createTempDirectory("mortise-gateway-bench-");
        try (ModelUpstream upstream = new ModelUpstream();
                Served plain = Served.start(model, upstream, List.of());
                Served hooked = Served.start(model, upstream, hooks(folder))) {
            plain.turn(turn.multipliedBy(3));
            hooked.turn(turn.multipliedBy(3));
            List<Turn> without = new ArrayList<>();
            List<Turn> with = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                without.add(plain.turn(turn));
                with.add(hooked.turn(turn));
            }
            report(without, with);
        }
    }

    @SuppressWarnings("SystemOut") // The report is what the program is for.
    private static void report(List<Turn> without, List<Turn> with) {
        double[] throughput = new double[with.size()];
        double[] cpu = new double[with.size()];
        for (int i = 0; i < with.size(); i++) {
            throughput[i] = with.get(i).perSecond() / without.get(i).perSecond();
            cpu[i] = with.get(i).cpuMicros() / without.get(i).cpuMicros();
        }
        System.out.printf(
                Locale.ROOT,
                "without hooks: %.0f requests/s, %.1f µs of CPU each (medians)%n"
                        + "with ten hooks: %.0f requests/s, %.1f µs of CPU each%n"
                        + "ratio, turn by turn: throughput %.3f, CPU %.3f%n",
                median(without.stream().mapToDouble(Turn::perSecond).toArray()),
                median(without.stream().mapToDouble(Turn::cpuMicros).toArray()),
                median(with.stream().mapToDouble(Turn::perSecond).toArray()),
                median(with.stream().mapToDouble(Turn::cpuMicros).toArray()),
                median(throughput),
                median(cpu));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private record Turn(double perSecond, double cpuMicros) {}

    private record Served(Mortise host, MortiseServer server, String token) implements AutoCloseable {

        static Served start(Path model, ModelUpstream upstream, List<Path> hooks) {
            MortiseBuilder builder = Mortise.builder();
            GatewayRings.ALL.forEach(builder::ring);
            Mortise host = builder.start();
            host.plugins().apply(Change.install(model), Actor.EMBEDDER).orThrow();
            PluginId proxy = new PluginId("llm-openai");
            if (host.plugins().find(proxy) instanceof Result.Ok<?>) {
                JsonObject config = JsonObject.of("base_url", upstream.url());
                host.plugins()
                        .apply(new Change.Configure(proxy, config), Actor.EMBEDDER)
                        .orThrow();
            }
            hooks.forEach(hook ->
                    host.plugins().apply(Change.install(hook), Actor.EMBEDDER).orThrow());
            ChatGateway gateway = new ChatGateway(host, GatewaySettings.DEFAULT, InstantSource.system());
            MortiseServer server =
                    MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0), List.of(GatewayRoutes.of(gateway)));
            String token = host.tokens()
                    .issue("bench", Role.OPERATOR, Actor.HOST)
                    .orThrow()
                    .secret();
            return new Served(host, server, token);
        }

        Turn turn(Duration length) throws InterruptedException {
            LongAdder answered = new LongAdder();
            long cpu = MACHINE.getProcessCpuTime();
            long start = System.nanoTime();
            long end = start + length.toNanos();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofPlatform().start(() -> ask(end, answered)));
            }
            for (Thread client : clients) {
                client.join();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Turn(
                    answered.sum() / seconds, (MACHINE.getProcessCpuTime() - cpu) / 1e3 / Math.max(1, answered.sum()));
        }

        private void ask(long end, LongAdder answered) {
            String body = JsonObject.of("model", "echo")
                    .with(
                            "messages",
                            List.of(
                                    JsonObject.of("role", "system").with("content", "You are a helpful assistant."),
                                    JsonObject.of("role", "user")
                                            .with("content", "What is the weather like? ".repeat(20))))
                    .toString();
            byte[] request = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII);
            try (Socket socket = new Socket("127.0.0.1", server.url().getPort())) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
                while (System.nanoTime() - end < 0) {
                    socket.getOutputStream().write(request);
                    read(in);
                    answered.increment();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                head.append((char) in.read());
            }
            if (!head.toString().startsWith("HTTP/1.1 200")) {
                throw new IOException(head.toString());
            }
            String marker = "Content-Length: ";
            int at = head.indexOf(marker) + marker.length();
            in.skipNBytes(Long.parseLong(head.substring(at, head.indexOf("\r\n", at))));
        }

        @Override
        public void close() {
            server.close();
            host.close();
        }
    }

    private static List<Path> hooks(Path folder) throws IOException {
        List<Path> hooks = new ArrayList<>();
        for (int i = 0; i < RINGS.size(); i++) {
            Path plugin = Files.createDirectory(folder.resolve("pass-" + i));
            Path source = Files.writeString(
                    plugin.resolve("Pass.java"),
                    "import dev.mortise.api.*; public class Pass implements Hook {"
                            + " public Decision execute(HookContext request) {"
                            + " return request.body().has(\"messages\") ? Decision.passthrough()"
                            + " : Decision.block(400, \"odd\", \"odd\"); } }");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            int failed = compiler.run(
                    null,
                    null,
                    null,
                    "-d",
                    plugin.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    source.toString());
            if (failed != 0) {
                throw new IOException("a hook does not compile");
            }
            Files.writeString(
                    plugin.resolve("manifest.json"),
                    JsonObject.of("id", "pass-" + i)
                            .with("version", "1.0.0")
                            .with("class_name", "Pass")
                            .with("hook", RINGS.get(i))
                            .toString());
            hooks.add(plugin);
        }
        return hooks;
    }
}
