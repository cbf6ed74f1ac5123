/**
 * How a package, the code of a plugin with its manifest, gets from outside into the host: fetched, measured, checked
 * and unpacked in one place, so that nothing behind {@link dev.mortise.host.packages.PackageIntake} meets an unsafe
 * name, a link or an archive larger than the host allows.
 */
@NullMarked
package dev.mortise.host.packages;

import org.jspecify.annotations.NullMarked;
