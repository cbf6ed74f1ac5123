package dev.mortise.server.api;

/** The headings that operations are listed under in the API's document. */
final class Groups {

    static final String PLUGINS = "Plugins";
    static final String RINGS = "Rings and services";
    static final String FUNCTIONS = "Functions";
    static final String WEBHOOKS = "Webhooks";
    static final String HISTORY = "History";
    static final String WATCHING = "Watching";
    static final String ACCESS = "Access";
    static final String OPERATIONS = "Operations";

    private Groups() {}
}
