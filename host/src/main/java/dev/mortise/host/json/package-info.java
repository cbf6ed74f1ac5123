/**
 * JSON and YAML text, JSON Schema, and the values in between; the only package of the host that knows the libraries
 * behind them.
 */
@NullMarked
package dev.mortise.host.json;

import org.jspecify.annotations.NullMarked;
