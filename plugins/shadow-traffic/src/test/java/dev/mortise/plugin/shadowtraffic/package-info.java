@NullMarked
package dev.mortise.plugin.shadowtraffic;

import org.jspecify.annotations.NullMarked;
