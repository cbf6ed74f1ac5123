package dev.mortise.plugin.statushttp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statuses are fine, such as {@code 200-299} or {@code 200, 204, 401}. */
record StatusRanges(List<Range> ranges) {

    private static final Pattern RANGE = Pattern.compile("\\s*([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?\\s*");

    StatusRanges {
        ranges = List.copyOf(ranges);
    }

    record Range(int first, int last) {}

    /** @return nothing if the text is not of this form */
    static Optional<StatusRanges> parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(range.group(1));
            ranges.add(new Range(first, range.group(2) == null ? first : Integer.parseInt(range.group(2))));
        }
        return Optional.of(new StatusRanges(ranges));
    }

    boolean contain(int status) {
        return ranges.stream().anyMatch(range -> range.first() <= status && status <= range.last());
    }
}
