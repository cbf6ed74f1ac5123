package dev.mortise.runtime.process.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.peer.IdleHost;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has no plugins in processes does not pay for them. */
class IdleHostTest {

    @Test
    void aHostWithoutProcessesLoadsNothingOfGrpc() throws Exception {
        Process process = new ProcessBuilder(
                        JavaPeers.java(),
                        "-Xlog:class+load",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleHost.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        List<String> lines = output.lines().toList();

        assertThat(lines)
                .anyMatch(line -> line.contains("started with 0 services"))
                .anyMatch(line -> line.contains("dev.mortise.runtime.process.ProcessRuntime"));
        assertThat(lines)
                .noneMatch(line -> line.contains(" io.grpc.")
                        || line.contains(" com.google.protobuf.")
                        || line.contains(" io.netty.")
                        || line.contains(" dev.mortise.contracts.grpc."));
    }
}
