/** Checks responses against a JSON Schema. */
@NullMarked
package dev.mortise.plugin.schemaenforcer;

import org.jspecify.annotations.NullMarked;
