package dev.mortise.plugin.shadowtraffic;

/** A share of all requests. Which ones depends on their trace ids alone, so that it can be told afterwards. */
record Sample(double rate) {

    /** Spreads ids that differ little over the whole range: 2 to the power of 32 over the golden ratio. */
    private static final int SPREAD = 0x9e3779b9;

    private static final double RANGE = 0x1p32;

    boolean holds(String traceId) {
        return Integer.toUnsignedLong(traceId.hashCode() * SPREAD) / RANGE < rate;
    }
}
