/** What the host and a connected plugin have to say to each other, whichever services the plugin serves. */
@NullMarked
package dev.mortise.runtime.process.session;

import org.jspecify.annotations.NullMarked;
