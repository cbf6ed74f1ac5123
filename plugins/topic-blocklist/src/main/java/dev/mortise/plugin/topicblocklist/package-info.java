/** Keeps topics out of requests. */
@NullMarked
package dev.mortise.plugin.topicblocklist;

import org.jspecify.annotations.NullMarked;
