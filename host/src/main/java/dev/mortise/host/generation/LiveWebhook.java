package dev.mortise.host.generation;

import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.spi.Contributions.WebhookHandler;

/** The webhook of one instance, with what stands between a sender and its handler. */
record LiveWebhook(String prefix, LiveInstance instance, CallGuard guard, WebhookHandler handler) {}
