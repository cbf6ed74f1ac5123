package dev.mortise.runtime.process.peer;

import dev.mortise.host.Mortise;

/** A host without plugins. */
public final class IdleHost {

    private IdleHost() {}

    public static void main(String[] arguments) {
        try (Mortise host = Mortise.builder().start()) {
            System.out.println("started with " + host.services().list().size() + " services");
        }
    }
}
