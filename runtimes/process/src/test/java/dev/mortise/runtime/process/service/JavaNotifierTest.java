package dev.mortise.runtime.process.service;

import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.NotifierContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A notifier in Java, in a process of its own. */
class JavaNotifierTest extends NotifierContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(folder ->
            ProcessPackage.java(folder, "notifier", "1.0.0", ContractsPlugin.class, "'services':['notifier']"));

    @Override
    protected Notifier notifier() {
        return HOST.service(Notifier.class);
    }

    @Override
    protected List<String> arrived() {
        return HOST.texts("arrived");
    }

    @Override
    protected Notifier unreachable() {
        return new Refused(notifier(), Kind.UNAVAILABLE);
    }

    @Override
    protected Notifier refused() {
        return new Refused(notifier(), Kind.INVALID);
    }

    /** Asks the plugin to refuse. */
    private record Refused(Notifier notifier, Kind kind) implements Notifier {

        @Override
        public String name() {
            return notifier.name();
        }

        @Override
        public void notify(Notification given) {
            notifier.notify(new Notification(
                    given.type(),
                    ContractsPlugin.REFUSED + kind + " " + given.title(),
                    given.message(),
                    given.component(),
                    given.flag(),
                    given.from(),
                    given.to(),
                    given.at()));
        }
    }
}
