/** Web hooks: JSON posted to an address, signed as Standard Webhooks (standardwebhooks.com) has it. */
@NullMarked
package dev.mortise.plugin.webhook;

import org.jspecify.annotations.NullMarked;
