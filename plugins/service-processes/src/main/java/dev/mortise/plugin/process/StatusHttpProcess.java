package dev.mortise.plugin.process;

import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.plugin.statushttp.StatusHttp;

/** The provider of status by HTTP, as a program. */
public final class StatusHttpProcess {

    private StatusHttpProcess() {}

    public static void main(String[] arguments) {
        ServiceProcess.of(StatusProvider.class, new StatusHttp()).serve();
    }
}
