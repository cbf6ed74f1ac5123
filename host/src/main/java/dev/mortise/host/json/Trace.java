package dev.mortise.host.json;

/** Is told, while a document is read, where its parts stand. */
sealed interface Trace permits SourceMap, Trace.None {

    void valueAt(Position position);

    Trace memberAt(String name, Position position);

    Trace elementAt(Position position);

    /** Whether it wants to know at all. */
    default boolean keeps() {
        return true;
    }

    /** For readers who only want the value. */
    enum None implements Trace {
        NONE;

        @Override
        public void valueAt(Position position) {
            // Nobody asks.
        }

        @Override
        public Trace memberAt(String name, Position position) {
            return this;
        }

        @Override
        public Trace elementAt(Position position) {
            return this;
        }

        @Override
        public boolean keeps() {
            return false;
        }
    }
}
