package dev.mortise.plugin.piimasker;

/** Numbers of payment cards, ISO/IEC 7812: 13 to 19 digits whose last one checks the others, alone or in groups. */
final class PaymentCards implements Detector {

    private static final int FEWEST = 13;
    private static final int MOST = 19;

    @Override
    public int end(String text, int start) {
        char first = text.charAt(start);
        if (first < '2' || first > '6' || isPartOfNumber(text, start)) {
            return NONE;
        }
        StringBuilder digits = new StringBuilder(MOST);
        int end = NONE;
        int at = start;
        while (digits.length() < MOST && Characters.isDigitAt(text, at)) {
            digits.append(text.charAt(at));
            at++;
            if (digits.length() >= FEWEST && !Characters.isWordAt(text, at) && isValid(digits)) {
                end = at;
            }
            boolean separated = at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '-');
            if (separated && Characters.isDigitAt(text, at + 1)) {
                at++;
            }
        }
        return end;
    }

    private static boolean isPartOfNumber(String text, int start) {
        return start > 1 && "-.,".indexOf(text.charAt(start - 1)) >= 0 && Characters.isDigitAt(text, start - 2);
    }

    /** The formula of Luhn. */
    private static boolean isValid(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }
}
