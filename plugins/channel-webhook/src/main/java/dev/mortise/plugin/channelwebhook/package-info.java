/** Conversations by web hooks. */
@NullMarked
package dev.mortise.plugin.channelwebhook;

import org.jspecify.annotations.NullMarked;
