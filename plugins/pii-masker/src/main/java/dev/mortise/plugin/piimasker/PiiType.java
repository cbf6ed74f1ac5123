package dev.mortise.plugin.piimasker;

import java.util.Arrays;
import java.util.Locale;

/** Kinds of personal data. Where several fit, the first one counts. */
enum PiiType {
    EMAIL(new EmailAddresses()),
    IBAN(new BankAccounts()),
    IP_ADDRESS(new IpAddresses()),
    SSN(new SocialSecurityNumbers()),
    CREDIT_CARD(new PaymentCards()),
    PHONE(new PhoneNumbers());

    private final Detector detector;

    PiiType(Detector detector) {
        this.detector = detector;
    }

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
        return detector;
    }
}
