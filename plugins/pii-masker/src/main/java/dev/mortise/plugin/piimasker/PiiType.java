package dev.mortise.plugin.piimasker;

import java.util.Arrays;
import java.util.Locale;

/** Kinds of personal data. Where several fit, the first one counts. */
enum PiiType {
    EMAIL,
    IBAN,
    IP_ADDRESS,
    SSN,
    CREDIT_CARD,
    PHONE;

    /** @throws IllegalArgumentException if there is none of that name */
    static PiiType named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("types: there is no type " + name + "; there are "
                        + Arrays.stream(values()).map(PiiType::label).toList()));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Detector detector() {
        return switch (this) {
            case EMAIL -> new EmailAddresses();
            case IBAN -> new BankAccounts();
            case IP_ADDRESS -> new IpAddresses();
            case SSN -> new SocialSecurityNumbers();
            case CREDIT_CARD -> new PaymentCards();
            case PHONE -> new PhoneNumbers();
        };
    }
}
