/** Language models behind a server that speaks as the OpenAI API does. */
@NullMarked
package dev.mortise.plugin.llmopenai;

import org.jspecify.annotations.NullMarked;
