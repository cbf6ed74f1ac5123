/**
 * The manifest that each package carries: read from JSON or YAML with every mistake and its place reported at once,
 * described by one JSON Schema, and written for answers of the API.
 */
@NullMarked
package dev.mortise.host.manifest;

import org.jspecify.annotations.NullMarked;
