package dev.mortise.host.guard;

/**
 * Finds out whether there is stack left for the guard's own bookkeeping. A plugin that has used up its stack and then
 * calls another through the host must overflow before the guard has begun to count the call, not half-way.
 */
final class StackProbe {

    private static final int DEPTH = 100;

    private StackProbe() {}

    /** @throws StackOverflowError if not */
    static void check() {
        if (descend(DEPTH, 1, 2, 3) == 0) {
            throw new AssertionError("the probe counts at least one frame");
        }
    }

    private static long descend(int depth, long a, long b, long c) {
        return depth == 0 ? a : 1 + descend(depth - 1, b, c, a + depth);
    }
}
