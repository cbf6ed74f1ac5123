package dev.mortise.host.model;

import java.util.regex.Pattern;
import org.semver4j.Semver;

/** A semantic version, ordered as semver.org 2.0.0 says. */
public record Version(String value) implements Comparable<Version> {

    /** The grammar of semver.org; the library would also take {@code v1.0.0} and blanks around it. */
    private static final Pattern FORM = Pattern.compile(
            "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    /** @throws IllegalArgumentException if it is not {@code major.minor.patch} with optional pre-release and build */
    public Version {
        if (value.length() > 128 || !FORM.matcher(value).matches() || Semver.parse(value) == null) {
            throw new IllegalArgumentException(
                    "'" + Text.abbreviate(value) + "' is not a semantic version such as 1.4.0 or 2.0.0-rc.1");
        }
    }

    Semver semver() {
        return new Semver(value);
    }

    @Override
    public int compareTo(Version other) {
        return semver().compareTo(other.semver());
    }

    @Override
    public String toString() {
        return value;
    }
}
