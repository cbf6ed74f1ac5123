package dev.mortise.plugin.piimasker;

import java.util.Locale;
import java.util.Set;

/** International bank account numbers, ISO 13616: country, check digits and account, in one or in groups of four. */
final class BankAccounts implements Detector {

    private static final int SHORTEST = 15;
    private static final int LONGEST = 34;
    private static final int GROUP = 4;
    private static final int FEWEST_DIGITS = 8;
    private static final int MODULUS = 97;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** Kosovo has accounts, but no official country code. */
    private static final String KOSOVO = "XK";

    @Override
    public int end(String text, int start) {
        if (start + SHORTEST > text.length() || !isCountry(text, start) || !Characters.isDigitAt(text, start + 2)) {
            return NONE;
        }
        StringBuilder account = new StringBuilder(LONGEST);
        int end = NONE;
        int at = start;
        while (at < text.length() && account.length() < LONGEST && isAccountCharacter(text.charAt(at))) {
            account.append(Character.toUpperCase(text.charAt(at)));
            at++;
            if (!Characters.isWordAt(text, at) && isAccount(account)) {
                end = at;
            }
            boolean grouped = account.length() % GROUP == 0 && at < text.length() && text.charAt(at) == ' ';
            if (grouped) {
                at++;
            }
        }
        return end;
    }

    private static boolean isCountry(String text, int start) {
        String code = text.substring(start, start + 2).toUpperCase(Locale.ROOT);
        return COUNTRIES.contains(code) || code.equals(KOSOVO);
    }

    private static boolean isAccountCharacter(char c) {
        return Characters.isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isAccount(CharSequence account) {
        return account.length() >= SHORTEST
                && Characters.isDigit(account.charAt(2))
                && Characters.isDigit(account.charAt(3))
                && account.chars().filter(c -> Characters.isDigit((char) c)).count() >= FEWEST_DIGITS
                && remainder(account) == 1;
    }

    /** Of the account with its first four characters at the end, and letters as numbers from 10. */
    private static int remainder(CharSequence account) {
        int remainder = 0;
        for (int i = 0; i < account.length(); i++) {
            int value = Character.digit(account.charAt((i + GROUP) % account.length()), Character.MAX_RADIX);
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % MODULUS;
        }
        return remainder;
    }
}
