package dev.mortise.runtime.jvm.author;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A routine's period, as text or as a configuration key that holds it. */
final class PeriodText {

    private static final Pattern KEY = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Duration LEAST = Duration.ofMillis(10);

    private PeriodText() {}

    static Duration of(String text, JsonObject config, Site site) throws SignatureException {
        Matcher key = KEY.matcher(text);
        Optional<Duration> period = key.matches() ? configured(key.group(1), config) : parse(text);
        if (period.isEmpty()) {
            throw site.error(
                    "'" + text + "' is no period" + (key.matches() ? ", or the configuration has none there" : ""),
                    "write 500ms, 10s, 5m, 1h, or ${key} for a configuration key that holds one, or seconds");
        }
        if (period.get().compareTo(LEAST) < 0) {
            throw site.error("a period of " + text + " is too short", "use at least 10ms");
        }
        return period.get();
    }

    private static Optional<Duration> configured(String key, JsonObject config) {
        return config.get(key).flatMap(value -> switch (value) {
            case JsonString(String text) -> parse(text);
            case JsonNumber(BigDecimal seconds)
            when seconds.signum() > 0 && seconds.precision() < 10 ->
                Optional.of(Duration.ofNanos(seconds.movePointRight(9).longValue()));
            default -> Optional.empty();
        });
    }

    private static Optional<Duration> parse(String text) {
        Matcher period = PERIOD.matcher(text.strip());
        if (!period.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(period.group(1));
        return Optional.of(
                switch (period.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
