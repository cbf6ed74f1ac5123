/** Remembers a host's generations, packages, tokens and plugins' state in a data directory: SQLite and plain files. */
@NullMarked
package dev.mortise.storage;

import org.jspecify.annotations.NullMarked;
