package dev.mortise.plugin.notifiersmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails by TLS, to a real mail server, and none to one that is not who it should be. */
@Timeout(120)
class SafeDeliveryTest {

    private static final Notification DOWN = new Notification(
            Notification.COMPONENT_DOWN,
            "Shop is down, Grüße",
            "text",
            "shop",
            "",
            HealthState.OPERATIONAL,
            HealthState.DOWN,
            Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path folder;

    private static ServingHost host(SafeMailServer server, String security, String caFile) {
        return ServingHost.of(
                NotifierSmtp.class,
                JsonObject.of("host", "127.0.0.1")
                        .with("port", server.port())
                        .with("security", security)
                        .with("ca_file", caFile)
                        .with("from", "mortise@example.com")
                        .with("to", List.of("ada@example.com")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void aMailIsDeliveredByTlsToAServerWhoseAuthorityIsTrusted(String security) throws Exception {
        MailAuthority authority = MailAuthority.create(folder, "ip:127.0.0.1");
        try (SafeMailServer server = SafeMailServer.start(folder, authority, security);
                ServingHost host = host(server, security, authority.caFile().toString())) {
            host.service(Notifier.class).notify(DOWN);

            assertThat(server.next()).isEqualTo("tls ada@example.com [mortise] Shop is down, Grüße");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void nothingIsSentToAServerWhoseAuthorityIsNotTrusted(String security) throws Exception {
        MailAuthority authority = MailAuthority.create(folder, "ip:127.0.0.1");
        MailAuthority other = MailAuthority.create(folder.resolve("other"), "ip:127.0.0.1");

        // Neither by the JDK's own, nor by somebody else's.
        for (String caFile : List.of("", other.caFile().toString())) {
            assertNothingIsSent(authority, security, caFile);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void nothingIsSentToAServerWhoseCertificateNamesAnother(String security) throws Exception {
        MailAuthority authority = MailAuthority.create(folder, "dns:mail.example.com,ip:127.0.0.2");

        assertNothingIsSent(authority, security, authority.caFile().toString());
    }

    private void assertNothingIsSent(MailAuthority authority, String security, String caFile) throws Exception {
        Path own = Files.createTempDirectory(folder, "server");
        try (SafeMailServer server = SafeMailServer.start(own, authority, security);
                ServingHost host = host(server, security, caFile)) {
            Notifier notifier = host.service(Notifier.class);

            assertThatThrownBy(() -> notifier.notify(DOWN)).isInstanceOfSatisfying(ServiceException.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                assertThat(failure)
                        .hasMessage("the notification was not taken: 127.0.0.1 does not prove who it is by a"
                                + " certificate that is trusted and names it; ca_file says what is trusted");
            });
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        for (Path file : List.of(empty, nonsense, folder.resolve("missing.pem"))) {
            assertThatThrownBy(() -> ServingHost.of(NotifierSmtp.class, JsonObject.of("ca_file", file.toString())))
                    .hasMessageContaining("ca_file:")
                    .hasMessageContaining(file.toString());
        }
    }
}
