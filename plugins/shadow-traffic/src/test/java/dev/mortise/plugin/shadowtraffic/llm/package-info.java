@NullMarked
package dev.mortise.plugin.shadowtraffic.llm;

import org.jspecify.annotations.NullMarked;
