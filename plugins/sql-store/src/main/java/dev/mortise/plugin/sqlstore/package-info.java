/** A store of flags, components and checks in the tables of a database. */
@NullMarked
package dev.mortise.plugin.sqlstore;

import org.jspecify.annotations.NullMarked;
