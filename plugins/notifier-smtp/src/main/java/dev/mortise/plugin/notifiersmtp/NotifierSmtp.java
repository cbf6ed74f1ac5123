package dev.mortise.plugin.notifiersmtp;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;

/** The notifier as a plugin. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public final class NotifierSmtp implements Plugin, Notifier {

    private Notifier notifier;

    @Override
    public void onLoad(PluginContext context) {
        notifier = new SmtpNotifier(context.config().as(Settings.class));
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public void notify(Notification notification) {
        notifier.notify(notification);
    }
}
