/** A store in PostgreSQL. */
@NullMarked
package dev.mortise.plugin.storepostgres;

import org.jspecify.annotations.NullMarked;
