package dev.mortise.server.route;

/** Carries an operation out: takes what was sent apart, asks the host once, and renders what it says. */
@FunctionalInterface
public interface Handler {
    Answer handle(Call call);
}
