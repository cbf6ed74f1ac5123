package dev.mortise.acceptance.contract;

/** Translates words. */
public interface Interpreter {

    String translate(Phrase phrase);

    /** Says which of these classes the implementation can see. */
    default String sees(String... classNames) {
        return "";
    }
}
