package dev.mortise.plugin.modelratelimiter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When requests were admitted, oldest first. Its text is what the state store keeps.
 *
 * @param millis of the epoch
 */
record RequestTimes(List<Long> millis) {

    private static final int RADIX = Character.MAX_RADIX;

    static RequestTimes parse(String text) {
        return new RequestTimes(
                text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",", -1))
                                .map(time -> Long.parseLong(time, RADIX))
                                .toList());
    }

    /** Only those after the given time. */
    RequestTimes since(long begin) {
        return new RequestTimes(millis.stream().filter(time -> time > begin).toList());
    }

    RequestTimes with(long time) {
        List<Long> all = new ArrayList<>(millis);
        all.add(time);
        return new RequestTimes(all);
    }

    int size() {
        return millis.size();
    }

    Optional<Long> oldest() {
        return millis.stream().findFirst();
    }

    @Override
    public String toString() {
        return millis.stream().map(time -> Long.toString(time, RADIX)).collect(Collectors.joining(","));
    }
}
