package dev.mortise.host.generation;

import dev.mortise.host.model.Version;

/** The version of this host, which plugins can require by the name {@code mortise}. */
public final class HostVersion {

    public static final Version CURRENT = new Version("0.1.0");

    private HostVersion() {}
}
