package dev.mortise.runtime.process.peer;

import dev.mortise.runtime.process.sdk.MortisePlugin;
import dev.mortise.runtime.process.service.NotebookAdapter;

/** A contract of an embedder's own, served by a process in Java. */
public final class NotebookPlugin {

    private NotebookPlugin() {}

    public static void main(String[] arguments) {
        MortisePlugin.create().service(new NotebookAdapter(), new JvmNotebook()).serve();
    }
}
