package dev.mortise.plugin.process;

import dev.mortise.contracts.operations.Notifier;
import dev.mortise.plugin.notifierwebhook.NotifierWebhook;

/** The notifier by web hooks, as a program. */
public final class NotifierWebhookProcess {

    private NotifierWebhookProcess() {}

    public static void main(String[] arguments) {
        ServiceProcess.of(Notifier.class, new NotifierWebhook()).serve();
    }
}
