/**
 * How a typed contract travels: what an adapter is, how its calls are made, and how they are answered. A host and a plugin
 * use the same adapter, one for each contract.
 */
@NullMarked
package dev.mortise.runtime.process.wire.service;

import org.jspecify.annotations.NullMarked;
