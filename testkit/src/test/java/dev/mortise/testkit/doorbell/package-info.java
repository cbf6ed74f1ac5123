@NullMarked
package dev.mortise.testkit.doorbell;

import org.jspecify.annotations.NullMarked;
