/** Keeps personal data from the model. */
@NullMarked
package dev.mortise.plugin.piimasker;

import org.jspecify.annotations.NullMarked;
