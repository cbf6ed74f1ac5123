/** An author's class as the host sees it: its annotated methods as contributions, and the context that it is given. */
@NullMarked
package dev.mortise.runtime.jvm.author;

import org.jspecify.annotations.NullMarked;
