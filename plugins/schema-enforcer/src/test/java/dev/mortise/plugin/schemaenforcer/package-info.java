@NullMarked
package dev.mortise.plugin.schemaenforcer;

import org.jspecify.annotations.NullMarked;
