package dev.mortise.plugin.piimasker;

/**
 * Telephone numbers as people write them: international ones, E.164, with {@code +} or {@code 00}; national ones with a
 * {@code 0} before the area code; and those of North America. A number without any of these marks may be anything.
 */
final class PhoneNumbers implements Detector {

    private static final int LONGEST_TEXT = 32;
    private static final int FEWEST = 8;
    private static final int FEWEST_WITH_PREFIX = 11;
    private static final int MOST = 15;
    private static final int FEWEST_NATIONAL = 9;
    private static final int MOST_NATIONAL = 12;
    private static final int NORTH_AMERICAN = 10;
    private static final String SEPARATORS = " -./()";

    @Override
    public int end(String text, int start) {
        char c = text.charAt(start);
        boolean begins = c == '+' || c == '(' || Characters.isDigit(c);
        boolean continued = start > 0 && "+.,-/".indexOf(text.charAt(start - 1)) >= 0;
        if (!begins || continued) {
            return NONE;
        }
        Candidate candidate = Candidate.at(text, start);
        return candidate.isPhoneNumber() ? candidate.end : NONE;
    }

    /** Digits with separators in between, from a beginning to the last digit of them. */
    private static final class Candidate {

        private final StringBuilder digits = new StringBuilder();
        private final StringBuilder groups = new StringBuilder();
        private final char first;
        private int end;
        private boolean broken;

        private Candidate(char first) {
            this.first = first;
        }

        static Candidate at(String text, int start) {
            Candidate candidate = new Candidate(text.charAt(start));
            int at = candidate.first == '+' ? start + 1 : start;
            int limit = Math.min(text.length(), start + LONGEST_TEXT);
            int separators = 0;
            while (at < limit) {
                char c = text.charAt(at);
                if (Characters.isDigit(c)) {
                    candidate.digit(c, separators);
                    candidate.end = at + 1;
                    separators = 0;
                } else if (SEPARATORS.indexOf(c) >= 0 && separators < 2) {
                    separators++;
                } else {
                    break;
                }
                at++;
            }
            candidate.broken = Characters.isWordAt(text, candidate.end);
            return candidate;
        }

        private void digit(char c, int separators) {
            if (separators > 0 && !digits.isEmpty()) {
                groups.append(' ');
            }
            digits.append(c);
            groups.append('#');
        }

        boolean isPhoneNumber() {
            int count = digits.length();
            if (broken || count < FEWEST || count > MOST) {
                return false;
            }
            if (first == '+') {
                return digits.charAt(0) != '0';
            }
            if (digits.charAt(0) == '0') {
                boolean international = digits.charAt(1) == '0' && digits.charAt(2) != '0';
                return international ? count >= FEWEST_WITH_PREFIX : isNational(count);
            }
            return isNorthAmerican();
        }

        /** With a separator behind an area code of three to six digits. */
        private boolean isNational(int count) {
            int area = groups.indexOf(" ");
            return digits.charAt(1) != '0'
                    && area >= 3
                    && area <= 6
                    && count >= FEWEST_NATIONAL
                    && count <= MOST_NATIONAL;
        }

        private boolean isNorthAmerican() {
            boolean withCountry = digits.length() == NORTH_AMERICAN + 1 && digits.charAt(0) == '1';
            String shape = groups.toString();
            String expected = "### ### ####";
            boolean shaped = withCountry ? shape.equals("# " + expected) : shape.equals(expected);
            int area = withCountry ? 1 : 0;
            return shaped && digits.charAt(area) >= '2' && digits.charAt(area + 3) >= '2';
        }
    }
}
