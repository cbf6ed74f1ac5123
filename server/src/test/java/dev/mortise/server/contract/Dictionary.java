package dev.mortise.server.contract;

/** A contract for tests. */
public interface Dictionary {
    String lookUp(String word);
}
