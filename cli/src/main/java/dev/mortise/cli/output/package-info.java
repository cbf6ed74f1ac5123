/** What commands show: aligned tables for people, JSON for programs, and progress on the error stream. */
@NullMarked
package dev.mortise.cli.output;

import org.jspecify.annotations.NullMarked;
