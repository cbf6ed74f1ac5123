package dev.mortise.host.model;

import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** A range of versions in npm's notation: {@code ^1.2}, {@code ~1.2.3}, {@code >=1.0 <3}, {@code 1.x || 2.x}, {@code *}. */
public record VersionRange(String value) {

    /** @throws IllegalArgumentException if it is not a range */
    public VersionRange {
        if (value.isBlank() || value.length() > 256 || parse(value).get().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + Text.abbreviate(value) + "' is not a version range such as ^1.2 or >=1.0.0 <3.0.0");
        }
    }

    public boolean includes(Version version) {
        return version.semver().satisfies(parse(value));
    }

    private static RangeList parse(String value) {
        return RangeListFactory.create(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
