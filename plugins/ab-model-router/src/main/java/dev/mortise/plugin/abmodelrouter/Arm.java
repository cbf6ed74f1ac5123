package dev.mortise.plugin.abmodelrouter;

import dev.mortise.plugin.llmtext.Fingerprint;

/** A side of an experiment. */
enum Arm {
    CONTROL,
    VARIANT;

    private static final int DIGITS = 13;
    private static final int BITS = 4 * DIGITS;

    /**
     * Always the same for the same experiment and unit, on every host, without a memory; as good as random between
     * them. A unit of the variant stays there when the share grows.
     *
     * @param share of the variant, from 0 to 1
     */
    static Arm of(String experiment, String unit, double share) {
        // The length keeps "a" and "b/c" apart from "a/b" and "c".
        String hash = Fingerprint.hex(experiment.length() + "/" + experiment + "/" + unit, DIGITS);
        double place = Math.scalb((double) Long.parseLong(hash, 16), -BITS);
        return place < share ? VARIANT : CONTROL;
    }
}
