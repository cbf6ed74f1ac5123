/**
 * Five rings around a language model. This package knows no transport: a request comes in as JSON, a reply goes out as
 * JSON, or piece by piece. It uses the host as any program does that embeds it.
 */
@NullMarked
package dev.mortise.gateway;

import org.jspecify.annotations.NullMarked;
