/** Notifications in a chat, by incoming web hooks. */
@NullMarked
package dev.mortise.plugin.notifierslack;

import org.jspecify.annotations.NullMarked;
