/** Tests of the scripts that start Mortise, run with JDKs, Mavens and folders that only look like ones. */
@NullMarked
package dev.mortise.cli.launcher;

import org.jspecify.annotations.NullMarked;
