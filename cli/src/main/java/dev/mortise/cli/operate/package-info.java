/** Commands for those who run a host: tokens, a check of the installation, completion for the shell. */
@NullMarked
package dev.mortise.cli.operate;

import org.jspecify.annotations.NullMarked;
