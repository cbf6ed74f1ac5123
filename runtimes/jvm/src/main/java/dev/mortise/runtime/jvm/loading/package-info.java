/** Where a plugin's classes and resources come from: its package's jars and folders, held in memory, and one loader. */
@NullMarked
package dev.mortise.runtime.jvm.loading;

import org.jspecify.annotations.NullMarked;
