package dev.mortise.plugin.process;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.plugin.channelwebhook.ChannelWebhook;
import java.time.Duration;

/** The channel by web hooks, as a program. What routines do for it in the JVM is done by a thread. */
public final class ChannelWebhookProcess {

    private static final Duration POST_AGAIN = Duration.ofSeconds(30);

    private ChannelWebhookProcess() {}

    public static void main(String[] arguments) {
        ChannelWebhook plugin = new ChannelWebhook();
        ServiceProcess process = ServiceProcess.of(Channel.class, plugin);
        process.program().webhook(plugin::receive);
        process.whenLoaded(
                () -> Thread.ofVirtual().name("channel-webhook-post-again").start(() -> postAgain(plugin)));
        process.serve();
    }

    private static void postAgain(ChannelWebhook plugin) {
        while (true) {
            try {
                Thread.sleep(POST_AGAIN);
                plugin.postAgain();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                System.getLogger("channel-webhook")
                        .log(System.Logger.Level.WARNING, "what waits could not be posted", e);
            }
        }
    }
}
