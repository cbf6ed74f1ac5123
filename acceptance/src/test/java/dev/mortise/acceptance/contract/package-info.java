/** A contract of an embedder's, which the tests' plugins implement. */
@NullMarked
package dev.mortise.acceptance.contract;

import org.jspecify.annotations.NullMarked;
