package dev.mortise.runtime.process.sandbox.kernel;

/**
 * One thing that a thread does to itself, which is thrown away afterwards. Everything that it needs is made beforehand: a thread
 * that has taken away its own access to files can load no class.
 */
public interface ThreadStep {

    /** For an error message, such as {@code mounting /proc}. */
    String title();

    /** @return a result, or a negated error number */
    long run();
}
