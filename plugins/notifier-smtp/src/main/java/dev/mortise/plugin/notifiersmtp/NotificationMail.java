package dev.mortise.plugin.notifiersmtp;

import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.plugin.notifiersmtp.Settings.Envelope;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;

/** A notification as a mail in plain text. Nothing that it holds can become a header of its own. */
final class NotificationMail extends MimeMessage {

    private static final int LONGEST_SUBJECT = 300;

    private NotificationMail(Session session) {
        super(session);
    }

    static NotificationMail of(Session session, Envelope envelope, String prefix, Notification notification)
            throws MessagingException {
        NotificationMail mail = new NotificationMail(session);
        mail.setFrom(envelope.from());
        mail.setRecipients(RecipientType.TO, envelope.to().toArray(InternetAddress[]::new));
        mail.setSubject(oneLine(prefix + " " + notification.title()), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(notification.at()));
        // So that no robot answers: RFC 3834.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(text(notification), StandardCharsets.UTF_8.name());
        mail.saveChanges();
        return mail;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(LONGEST_SUBJECT)
                .forEach(c -> line.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c));
        return line.toString();
    }

    private static String text(Notification notification) {
        StringBuilder text = new StringBuilder(notification.title()).append("\n\n");
        if (!notification.message().isEmpty()) {
            text.append(notification.message()).append("\n\n");
        }
        if (!notification.component().isEmpty()) {
            text.append(notification.component())
                    .append(": ")
                    .append(name(notification.from()))
                    .append(" -> ")
                    .append(name(notification.to()))
                    .append('\n');
        }
        if (!notification.flag().isEmpty()) {
            text.append("flag: ").append(notification.flag()).append('\n');
        }
        return text.append(notification.type())
                .append(", ")
                .append(notification.at())
                .append('\n')
                .toString();
    }

    private static String name(HealthState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Without the name of this machine, which is nobody's business. */
    @Override
    protected void updateMessageID() throws MessagingException {
        String sender = ((InternetAddress) getFrom()[0]).getAddress();
        setHeader("Message-ID", "<" + UUID.randomUUID() + sender.substring(sender.lastIndexOf('@')) + ">");
    }
}
