package dev.mortise.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of Mortise, from the manifest of its jar. */
public final class ProgramVersion implements IVersionProvider {

    public static String current() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Mortise " + current(), "Java " + Runtime.version()};
    }
}
