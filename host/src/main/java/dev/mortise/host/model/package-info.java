/** The values that everything in a host is described with: ids, versions, manifests, permissions, generations. */
@NullMarked
package dev.mortise.host.model;

import org.jspecify.annotations.NullMarked;
