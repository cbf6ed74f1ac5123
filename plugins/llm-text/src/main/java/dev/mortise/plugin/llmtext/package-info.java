/** What plugins for language models share: the text of chat messages, the number of its tokens, and their price. */
@NullMarked
package dev.mortise.plugin.llmtext;

import org.jspecify.annotations.NullMarked;
