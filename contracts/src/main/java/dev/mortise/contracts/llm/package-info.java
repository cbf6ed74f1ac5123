/**
 * Language models as a service. Bodies are the JSON objects of the OpenAI API (its reference, "Chat", "Completions" and
 * "Embeddings"), so that whatever a client sends reaches the model, also members that nobody here has heard of.
 */
@NullMarked
package dev.mortise.contracts.llm;

import org.jspecify.annotations.NullMarked;
