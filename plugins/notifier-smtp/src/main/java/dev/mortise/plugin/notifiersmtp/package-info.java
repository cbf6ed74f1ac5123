/** Notifications by mail. */
@NullMarked
package dev.mortise.plugin.notifiersmtp;

import org.jspecify.annotations.NullMarked;
