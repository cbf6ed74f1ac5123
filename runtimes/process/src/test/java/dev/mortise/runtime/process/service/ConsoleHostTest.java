package dev.mortise.runtime.process.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.peer.StorePlugin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store in Java under a host in Go, which knows nothing of Mortise. */
class ConsoleHostTest {

    @Test
    void aHostInGoUsesAStoreInJava() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                GoPeers.executable("storehost").toString(),
                JavaPeers.executable(StorePlugin.class).toString());
        builder.environment().put("MORTISE_JAVA", JavaPeers.java());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();

        JsonObject seen = JsonCodec.STANDARD.parseObject(output).orThrow();
        JsonObject flag = seen.object("flag").orElseThrow();
        assertThat(flag.text("description")).contains("Grüße");
        assertThat(flag.integer("rollout")).hasValue(37);
        assertThat(flag.integer("created_at_unix_nano")).hasValue(1_000_000_001);
        JsonObject updated = seen.object("updated").orElseThrow();
        assertThat(updated.bool("enabled").orElse(false)).isFalse();
        assertThat(updated.integer("updated_at_unix_nano")).hasValue(3_000_000_003L);
        assertThat(texts(seen, "keys")).containsExactly("another", "dark-mode");
        assertThat(seen.text("component")).contains("The site x");
        assertThat(seen.object("check").orElseThrow().text("message")).contains("no answer");
        assertThat(seen.object("check").orElseThrow().integer("state")).hasValue(3);
        assertThat(seen.bool("exited")).contains(true);
        assertThat(seen.array("failures").orElseThrow().values())
                .map(JsonObject.class::cast)
                .extracting(failure -> failure.text("code").orElse("") + ": "
                        + failure.text("text").orElse(""))
                .containsExactly(
                        "AlreadyExists: there is a flag dark-mode already",
                        "NotFound: there is no flag none",
                        "InvalidArgument: the key of a flag is not empty",
                        "NotFound: there is no flag dark-mode");
    }

    private static List<String> texts(JsonObject object, String field) {
        return object.array(field).orElseThrow().values().stream()
                .map(JsonValue::toString)
                .map(text -> text.replace("\"", ""))
                .toList();
    }
}
