/** Notifications as web hooks. */
@NullMarked
package dev.mortise.plugin.notifierwebhook;

import org.jspecify.annotations.NullMarked;
