package dev.mortise.cli.operate;

import dev.mortise.api.json.JsonObject;
import java.util.Locale;

/**
 * The result of one check.
 *
 * @param remedy what to do; the empty text if nothing is to be done
 */
record Finding(String check, Level level, String found, String remedy) {

    /** How bad it is. */
    enum Level {
        OK,
        /** Something does not work, or may soon not work, that not everybody needs. */
        WARN,
        FAIL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "");
    }

    static Finding warn(String check, String found, String remedy) {
        return new Finding(check, Level.WARN, found, remedy);
    }

    static Finding fail(String check, String found, String remedy) {
        return new Finding(check, Level.FAIL, found, remedy);
    }

    JsonObject toJson() {
        return JsonObject.of("check", check)
                .with("level", level.label())
                .with("found", found)
                .with("remedy", remedy);
    }
}
