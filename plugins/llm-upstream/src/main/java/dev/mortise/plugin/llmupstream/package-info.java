/** Asking the server of a model over HTTP: with deadlines, retries, cancellation, and answers that come piece by piece. */
@NullMarked
package dev.mortise.plugin.llmupstream;

import org.jspecify.annotations.NullMarked;
