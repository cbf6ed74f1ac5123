package dev.mortise.cli.output;

/** How a word is coloured on a terminal. */
enum Tone {
    PLAIN(""),
    HEADING("1"),
    GOOD("32"),
    WARNING("33"),
    BAD("31"),
    FAINT("2");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The tone of a word that tells a state. */
    static Tone of(String word) {
        return switch (word) {
            case "active", "ready", "ok", "yes", "live" -> GOOD;
            case "quarantined", "draining", "starting", "warn" -> WARNING;
            case "failed", "not_installed", "leaked", "fail" -> BAD;
            case "disabled", "no" -> FAINT;
            default -> PLAIN;
        };
    }

    String paint(String text) {
        return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
