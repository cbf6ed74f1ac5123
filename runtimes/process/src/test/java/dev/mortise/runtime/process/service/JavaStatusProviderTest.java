package dev.mortise.runtime.process.service;

import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.ConfiguredStatus;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.StatusProviderContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A provider of status in Java, in a process of its own. */
class JavaStatusProviderTest extends StatusProviderContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(folder ->
            ProcessPackage.java(folder, "status", "1.0.0", ContractsPlugin.class, "'services':['status_provider']"));

    @Override
    protected StatusProvider provider() {
        return HOST.service(StatusProvider.class);
    }

    @Override
    protected Component operational() {
        return ConfiguredStatus.component("site", "operational");
    }

    @Override
    protected Component down() {
        return ConfiguredStatus.component("site", "down");
    }

    @Override
    protected Component senseless() {
        return ConfiguredStatus.component("site", "purple");
    }
}
