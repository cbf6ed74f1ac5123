package dev.mortise.runtime.process.peer;

import dev.mortise.api.Plugin;
import dev.mortise.contracts.channel.Mailbox;

/** A channel that runs in the host's own JVM. */
public final class JvmChannel extends Mailbox implements Plugin {}
