package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.runtime.process.crowdsec.Config;
import dev.mortise.runtime.process.crowdsec.Notification;
import dev.mortise.runtime.process.crowdsec.NotifierGrpc;
import dev.mortise.runtime.process.fixture.Launches;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CrowdSec's notification plugins, unmodified, as Debian ships them: built with an early release of go-plugin. */
class CrowdSecInteroperabilityTest {

    @RegisterExtension
    final Launches launches = Launches.sandboxed();

    private PluginConnection connect(String name, boolean autoMtls) throws Exception {
        String folder = System.getenv("MORTISE_CROWDSEC_PLUGINS");
        assumeTrue(
                folder != null,
                "MORTISE_CROWDSEC_PLUGINS names no folder with the plugins of Debian's package crowdsec");
        return launches.connect(launches.plain(Path.of(folder, name))
                .withHandshake(new Handshake("CROWDSEC_PLUGIN_KEY", "any value will do", List.of(1)))
                .withAutoMtls(autoMtls));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dummyWritesItsFile(boolean autoMtls) throws Exception {
        PluginConnection plugin = connect("dummy", autoMtls);
        Path file = launches.data().resolve("written");

        notify(plugin, "type: dummy\nname: one\nlog_level: info\nformat: x\noutput_file: " + file + "\n");

        assertThat(file).content().contains("something happened");
        // Early releases leave their socket behind when they are terminated; what counts is that they end.
        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void httpPostsToAServer(boolean autoMtls) throws Exception {
        CompletableFuture<String> posted = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            posted.complete(exchange.getRequestMethod() + " " + body);
        });
        server.start();
        launches.grant("{'network':['127.0.0.1:" + server.getAddress().getPort() + "']}");
        try {
            notify(
                    connect("http", autoMtls),
                    "type: http\nname: one\nlog_level: info\nformat: x\nmethod: POST\nurl: http://127.0.0.1:"
                            + server.getAddress().getPort() + "/\n");

            assertThat(posted.get(30, TimeUnit.SECONDS)).isEqualTo("POST something happened");
        } finally {
            server.stop(0);
        }
    }

    private static void notify(PluginConnection plugin, String config) {
        NotifierGrpc.NotifierBlockingStub notifier = NotifierGrpc.newBlockingStub(plugin.channel());
        var unused = notifier.configure(
                Config.newBuilder().setConfig(ByteString.copyFromUtf8(config)).build());
        var alsoUnused = notifier.notify(Notification.newBuilder()
                .setName("one")
                .setText("something happened")
                .build());
    }
}
