/** A store in an SQLite file. */
@NullMarked
package dev.mortise.plugin.storesqlite;

import org.jspecify.annotations.NullMarked;
