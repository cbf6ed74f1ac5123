package dev.mortise.plugin.promptcomplexityscorer;

import dev.mortise.api.Param;

/** How much each signal counts. */
record Weights(
        @Param("depth_weight") double depth,
        @Param("turns_weight") double turns,
        @Param("code_weight") double code,
        @Param("instruction_weight") double instructions) {}
