package dev.mortise.plugin.notifiersmtp;

import dev.mortise.api.Param;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration, as the manifest describes it. */
record Settings(
        String host,
        int port,
        String security,
        @Param("ca_file") String caFile,
        String user,
        String password,
        String from,
        List<String> to,
        @Param("subject_prefix") String subjectPrefix,
        @Param("timeout_ms") int timeoutMillis) {

    Settings {
        to = List.copyOf(to);
    }

    /** Who writes to whom. */
    record Envelope(InternetAddress from, List<InternetAddress> to) {

        Envelope {
            to = List.copyOf(to);
        }
    }

    /**
     * Who writes to whom.
     *
     * @return nothing as long as one of them is missing
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<Envelope> envelope() {
        List<InternetAddress> recipients = new ArrayList<>();
        to.forEach(text -> recipients.add(address("to", text)));
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Envelope(address("from", from), recipients));
    }

    private static InternetAddress address(String key, String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            boolean plain = text.chars().noneMatch(Character::isISOControl);
            if (plain && address.getAddress().matches("[^@\\s]+@[^@\\s]+")) {
                return address;
            }
        } catch (AddressException e) {
            // Refused below.
        }
        throw new IllegalArgumentException(key + ": '" + text + "' is no address such as ada@example.com");
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings of notifier-smtp";
    }
}
