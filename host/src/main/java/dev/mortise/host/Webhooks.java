package dev.mortise.host;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.util.List;
import java.util.Optional;

/** What plugins receive over HTTP, each below its own prefix. Whoever has a server asks here. */
public interface Webhooks {

    List<WebhookView> list();

    /** The installed plugin whose prefix it is, whether or not it runs. */
    Optional<PluginId> owner(String prefix);

    /** Hands a request over and waits for the reply, no longer than the plugin's deadline. */
    Result<WebhookResult> receive(WebhookCall call);

    /** @param prefix the first step of the path, such as {@code zigbee} */
    record WebhookView(String prefix, PluginId plugin, Version version) {}
}
