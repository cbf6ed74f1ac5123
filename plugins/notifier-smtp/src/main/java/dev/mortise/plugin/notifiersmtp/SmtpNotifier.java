package dev.mortise.plugin.notifiersmtp;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.plugin.notifiersmtp.Settings.Envelope;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Hands each notification over to a mail server, by a connection of its own. */
public final class SmtpNotifier implements Notifier {

    private final Settings settings;
    private final Optional<Envelope> envelope;
    private final Session session;

    /** @throws IllegalArgumentException naming the key that will not do */
    SmtpNotifier(Settings settings) {
        this.settings = settings;
        this.envelope = settings.envelope();
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(Settings settings) {
        String timeout = Integer.toString(settings.timeoutMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.localhost", "[127.0.0.1]");
        properties.put("mail.smtp.auth", Boolean.toString(!settings.user().isEmpty()));
        // All recipients or none.
        properties.put("mail.smtp.sendpartial", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (!settings.caFile().isEmpty()) {
            properties.put("mail.smtp.ssl.socketFactory", TrustedCertificates.in(settings.caFile()));
            // Otherwise a server that is not trusted by these is tried with the JDK's.
            properties.put("mail.smtp.socketFactory.fallback", "false");
        }
        switch (settings.security()) {
            case "starttls" -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case "tls" -> properties.put("mail.smtp.ssl.enable", "true");
            default -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public void notify(Notification notification) {
        Envelope written = envelope.orElseThrow(
                () -> new ServiceException(Kind.UNAVAILABLE, "smtp has no from or no to yet; configure them"));
        try (Transport transport = session.getTransport("smtp")) {
            connect(transport);
            NotificationMail mail = NotificationMail.of(session, written, settings.subjectPrefix(), notification);
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException e) {
            throw failure(e);
        }
    }

    private void connect(Transport transport) throws MessagingException {
        if (settings.user().isEmpty()) {
            transport.connect(settings.host(), settings.port(), null, null);
        } else {
            transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
        }
    }

    /** Codes from 500 are final, those from 400 pass: RFC 5321, section 4.2.1. */
    private ServiceException failure(MessagingException failure) {
        if (failure instanceof AuthenticationFailedException) {
            return new ServiceException(Kind.FAILED, settings.host() + " refuses user or password", failure);
        }
        int code = code(failure);
        if (code >= 500 || failure instanceof SendFailedException && code < 400) {
            return new ServiceException(
                    Kind.FAILED, settings.host() + " refused the notification with " + code, failure);
        }
        String why = code >= 400
                ? "answered with " + code
                : isUntrusted(failure)
                        ? "does not prove who it is by a certificate that is trusted and names it; ca_file says what is trusted"
                        : "cannot be reached, or not safely";
        return new ServiceException(
                Kind.UNAVAILABLE, "the notification was not taken: " + settings.host() + " " + why, failure);
    }

    /** The mail library finds a name that is not the server's by itself, and has no type for that. */
    private static boolean isUntrusted(MessagingException failure) {
        for (@Nullable Throwable next = failure; next != null; next = next(next)) {
            if (next instanceof SSLHandshakeException
                    || next instanceof CertificateException
                    || String.valueOf(next.getMessage()).startsWith("Can't verify identity of server")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException messaging && messaging.getNextException() != null
                ? messaging.getNextException()
                : failure.getCause();
    }

    private static int code(MessagingException failure) {
        int code = 0;
        for (@Nullable Exception next = failure; next != null; next = nextOf(next)) {
            code = Math.max(
                    code,
                    switch (next) {
                        case SMTPAddressFailedException address -> address.getReturnCode();
                        case SMTPSenderFailedException sender -> sender.getReturnCode();
                        case SMTPSendFailedException send -> send.getReturnCode();
                        default -> 0;
                    });
        }
        return code;
    }

    private static @Nullable Exception nextOf(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }
}
