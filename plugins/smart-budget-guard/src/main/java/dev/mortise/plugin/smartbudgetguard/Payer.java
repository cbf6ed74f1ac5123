package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.plugin.llmtext.Fingerprint;
import dev.mortise.plugin.llmtext.Tenant;

/**
 * Whose budgets a request is paid from.
 *
 * @param team its fingerprint
 * @param session its fingerprint, which no session of another team has: nobody else can spend from it, or find out about
 *     it, by calling a session the same
 */
record Payer(String team, String session) {

    private static final int DIGITS = 16;

    static Payer of(String team, String session) {
        return new Payer(Fingerprint.of(team), Fingerprint.hex(Tenant.session(team, session), DIGITS));
    }
}
