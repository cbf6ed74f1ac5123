/** Language models that Ollama runs, by its own API (docs/api.md of its repository). */
@NullMarked
package dev.mortise.plugin.llmollama;

import org.jspecify.annotations.NullMarked;
