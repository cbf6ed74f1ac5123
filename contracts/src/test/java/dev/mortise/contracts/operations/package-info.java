/** What implementations of these contracts must do, as tests that their own tests extend. */
@NullMarked
package dev.mortise.contracts.operations;

import org.jspecify.annotations.NullMarked;
