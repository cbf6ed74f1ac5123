/**
 * What runs, how well, and who hears of it: a store of flags, components and checks, providers of status, and notifiers.
 *
 * <p>They stand in one package because they speak of the same components and checks.
 */
@NullMarked
package dev.mortise.contracts.operations;

import org.jspecify.annotations.NullMarked;
