package dev.mortise.contracts.operations;

import dev.mortise.api.ServiceException.Kind;
import java.util.List;

final class MemoryNotifierTest extends NotifierContract {

    private final MemoryNotifier notifier = MemoryNotifier.taking();

    @Override
    protected Notifier notifier() {
        return notifier;
    }

    @Override
    protected List<String> arrived() {
        return notifier.taken();
    }

    @Override
    protected Notifier unreachable() {
        return MemoryNotifier.refusing(Kind.UNAVAILABLE);
    }

    @Override
    protected Notifier refused() {
        return MemoryNotifier.refusing(Kind.INVALID);
    }
}
