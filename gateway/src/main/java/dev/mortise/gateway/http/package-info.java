/** The gateway over HTTP, as the OpenAI API is: what its official clients say and expect. */
@NullMarked
package dev.mortise.gateway.http;

import org.jspecify.annotations.NullMarked;
