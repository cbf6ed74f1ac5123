package dev.mortise.api;

/**
 * Receives what other systems send over HTTP below the manifest's {@code webhook_prefix}. To be implemented by the main
 * class. One instance serves all requests, concurrently.
 *
 * <p>The host asks senders for no token: whoever reaches the host reaches this method, so it checks the sender's own
 * signature first. A request that will not do is answered with a status from 400 on; an exception is a fault of the
 * plugin and is counted, and too many of them put the plugin into quarantine.
 */
public interface Webhook extends Plugin {

    /**
     * Answers one request.
     *
     * @param call its caller is {@code anonymous} unless the plugin is called by the program that embeds the host
     * @throws Exception a fault of the plugin; the sender gets status 502 and nothing of the text
     */
    WebhookReply receive(WebhookRequest request, CallInfo call) throws Exception;
}
