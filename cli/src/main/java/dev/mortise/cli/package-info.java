/** The {@code mortise} command: its entry, the list of its subcommands, and what all of them share. */
@NullMarked
package dev.mortise.cli;

import org.jspecify.annotations.NullMarked;
