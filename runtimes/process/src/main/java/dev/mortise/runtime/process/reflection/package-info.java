/** Functions out of what a gRPC server says about itself: service descriptors to names and JSON Schemas. */
@NullMarked
package dev.mortise.runtime.process.reflection;

import org.jspecify.annotations.NullMarked;
