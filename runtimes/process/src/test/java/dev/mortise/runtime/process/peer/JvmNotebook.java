package dev.mortise.runtime.process.peer;

import dev.mortise.api.Plugin;
import dev.mortise.api.ServiceException;
import dev.mortise.runtime.process.notebook.Notebook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A notebook in the host's own JVM, or in a process. */
public final class JvmNotebook implements Plugin, Notebook {

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    @Override
    public String read(String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new ServiceException(ServiceException.Kind.NOT_FOUND, "there is no key \"" + key + "\"");
        }
        return text;
    }

    @Override
    public void write(String key, String text) {
        texts.put(key, text);
    }
}
