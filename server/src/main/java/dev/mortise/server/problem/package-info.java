/** Problems as HTTP answers, RFC 9457: the host's own, and those that arise before a request gets to it. */
@NullMarked
package dev.mortise.server.problem;

import org.jspecify.annotations.NullMarked;
