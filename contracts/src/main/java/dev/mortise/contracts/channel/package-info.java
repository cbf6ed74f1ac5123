/** Conversations with people somewhere else. */
@NullMarked
package dev.mortise.contracts.channel;

import org.jspecify.annotations.NullMarked;
