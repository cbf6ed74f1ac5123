package dev.mortise.plugin.notifiersmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.NotifierContract;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin in a host does what every notifier does, with a real mail server behind it. */
class NotifierSmtpTest extends NotifierContract {

    private final GreenMail server = new GreenMail(Stream.of(ServerSetup.PROTOCOL_SMTP, ServerSetup.PROTOCOL_SMTPS)
            .map(protocol -> {
                ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
                setup.setServerStartupTimeout(60_000);
                return setup;
            })
            .toArray(ServerSetup[]::new));
    private @Nullable Notifier notifier;
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        server.stop();
    }

    private Notifier with(JsonObject config) {
        JsonObject base = JsonObject.of("host", "127.0.0.1")
                .with("port", server.getSmtp().getPort())
                .with("security", "none")
                .with("from", "Mortise <mortise@example.com>")
                .with("to", List.of("ada@example.com"));
        for (var member : config.members().entrySet()) {
            base = base.with(member.getKey(), member.getValue());
        }
        ServingHost host = ServingHost.of(NotifierSmtp.class, base);
        opened.add(host);
        return host.service(Notifier.class);
    }

    @Override
    protected Notifier notifier() {
        Notifier there = notifier == null ? with(JsonObject.EMPTY) : notifier;
        notifier = there;
        return there;
    }

    @Override
    protected List<String> arrived() {
        return Stream.of(server.getReceivedMessages())
                .map(NotifierSmtpTest::text)
                .toList();
    }

    private static String text(MimeMessage mail) {
        try {
            return mail.getSubject() + "\n" + mail.getContent();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Notifier unreachable() {
        Notifier there = notifier();
        server.stop();
        return there;
    }

    @Override
    protected Notifier refused() {
        return refusing(550);
    }

    private Notifier refusing(int code) {
        try {
            RefusingServer refusing = new RefusingServer(code);
            opened.add(refusing);
            return with(JsonObject.of("port", refusing.port()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Notification titled(String title) {
        return new Notification(
                Notification.COMPONENT_DOWN,
                title,
                "Grüße 🎉",
                "shop",
                "",
                HealthState.OPERATIONAL,
                HealthState.DOWN,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static ServiceException failure(Notifier notifier) {
        try {
            notifier.notify(titled("x"));
        } catch (ServiceException e) {
            return e;
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void aTitleCannotBecomeAHeader() throws Exception {
        with(JsonObject.of("to", List.of("ada@example.com", "bob@example.com")))
                .notify(titled("Shop\r\nBcc: eve@example.com\r\n\r\nbody\u2028Ünïcode"));

        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).isEqualTo("[mortise] Shop  Bcc: eve@example.com    body Ünïcode");
        assertThat(mail.getFrom()[0]).hasToString("Mortise <mortise@example.com>");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getMessageID()).endsWith("@example.com>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(text(mail)).contains("Grüße 🎉", "shop: operational -> down");
    }

    @Test
    void whereTlsIsWantedNothingIsSentWithoutIt() {
        assertThat(failure(with(JsonObject.of("security", "starttls"))).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(with(JsonObject.of("security", "tls")
                                .with("port", server.getSmtps().getPort())))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void whoSendsMayHaveToSayWhoTheyAre() {
        server.setUser("mortise", "smtp-very-secret");
        Notifier right = with(JsonObject.of("user", "mortise").with("password", "smtp-very-secret"));
        Notifier wrong = with(JsonObject.of("user", "mortise").with("password", "another-secret"));

        right.notify(titled("x"));

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(failure(wrong))
                .hasMessageContaining("refuses user or password")
                .hasMessageNotContaining("another-secret");
    }

    @Test
    void aServerThatSaysLaterIsUnavailable() {
        assertThat(failure(refusing(451)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(refusing(550))).hasMessageContaining("550");
    }

    @Test
    void withoutAddressesItSaysSo() {
        assertThat(failure(with(JsonObject.of("to", List.of())))).hasMessageContaining("no from or no to yet");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        for (String address : List.of("ada", "ada@example.com\r\nBcc: eve@example.com", "a@b, c@d", "@x")) {
            assertThatThrownBy(() -> with(JsonObject.of("to", List.of(address))))
                    .hasMessageContaining("to:");
        }
    }
}
