package dev.mortise.runtime.process.notebook;

/** Keeps texts. */
public interface Notebook {

    String read(String key);

    void write(String key, String text);
}
