package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;

/** One temperature sensor at one moment. */
public record Temperature(
        @Param(description = "The driver's name and the sensor's label, such as coretemp/Package id 0")
        String sensor,

        double celsius) {}
