/** Holds the spending of sessions and teams within budgets. */
@NullMarked
package dev.mortise.plugin.smartbudgetguard;

import org.jspecify.annotations.NullMarked;
