@org.jspecify.annotations.NullMarked
package dev.mortise.host.manifest;
