/** What an implementation of the contract must do, as tests that its own tests extend. */
@NullMarked
package dev.mortise.contracts.llm;

import org.jspecify.annotations.NullMarked;
