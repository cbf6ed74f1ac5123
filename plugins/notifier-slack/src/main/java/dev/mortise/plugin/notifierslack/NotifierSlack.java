package dev.mortise.plugin.notifierslack;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.plugin.webhook.HookClient;
import dev.mortise.plugin.webhook.HookNotifier;

/** The notifier as a plugin. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public final class NotifierSlack implements Plugin, Notifier {

    private Notifier notifier;

    @Override
    public void onLoad(PluginContext context) {
        var target = context.config().as(Settings.class).target();
        HookClient client = context.closeOnUnload(HookClient.open(context.executor(), context.clock()));
        notifier = new HookNotifier(name(), client, target, SlackText::of);
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public void notify(Notification notification) {
        notifier.notify(notification);
    }
}
