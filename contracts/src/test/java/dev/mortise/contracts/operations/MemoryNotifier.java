package dev.mortise.contracts.operations;

import dev.mortise.api.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, or refuses it all. */
public final class MemoryNotifier implements Notifier {

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Optional<ServiceException.Kind> refusal;

    private MemoryNotifier(Optional<ServiceException.Kind> refusal) {
        this.refusal = refusal;
    }

    public static MemoryNotifier taking() {
        return new MemoryNotifier(Optional.empty());
    }

    public static MemoryNotifier refusing(ServiceException.Kind kind) {
        return new MemoryNotifier(Optional.of(kind));
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void notify(Notification notification) {
        if (refusal.isPresent()) {
            throw new ServiceException(refusal.get(), "the far end is " + refusal.get());
        }
        taken.add(notification.toString());
    }

    public List<String> taken() {
        return taken;
    }
}
