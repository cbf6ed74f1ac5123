package dev.mortise.server.listen;

/**
 * How large bodies may be, in bytes.
 *
 * @param json of a JSON text that holds no package
 * @param archive of a package
 */
public record BodyLimits(long json, long archive) {

    /** Of a JSON text with a package in it, as base64. */
    long packageInJson() {
        return json + Math.ceilDiv(archive, 3) * 4;
    }

    long largest() {
        return Math.max(packageInJson(), archive);
    }
}
