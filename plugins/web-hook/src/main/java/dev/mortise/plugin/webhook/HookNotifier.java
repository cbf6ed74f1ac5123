package dev.mortise.plugin.webhook;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Posts each notification as a hook. */
public final class HookNotifier implements Notifier {

    private final String name;
    private final HookClient client;
    private final Optional<HookTarget> target;
    private final Function<Notification, JsonObject> body;

    /**
     * A notifier by way of a client, which stays its owner's.
     *
     * @param target none as long as nobody has configured one
     */
    public HookNotifier(
            String name, HookClient client, Optional<HookTarget> target, Function<Notification, JsonObject> body) {
        this.name = name;
        this.client = client;
        this.target = target;
        this.body = body;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void notify(Notification notification) {
        HookTarget to = target.orElseThrow(
                () -> new ServiceException(Kind.UNAVAILABLE, name + " has no url yet; configure it"));
        byte[] json = body.apply(notification).toString().getBytes(StandardCharsets.UTF_8);
        switch (client.post(to, "msg_" + UUID.randomUUID(), json)) {
            case Delivery.Taken _ -> {}
            case Delivery.Refused(int status, String words) ->
                throw new ServiceException(
                        Kind.FAILED,
                        to + " refused the notification with status " + status + (words.isEmpty() ? "" : ": " + words));
            case Delivery.Away(String reason) ->
                throw new ServiceException(Kind.UNAVAILABLE, "the notification was not taken: " + reason);
        }
    }
}
