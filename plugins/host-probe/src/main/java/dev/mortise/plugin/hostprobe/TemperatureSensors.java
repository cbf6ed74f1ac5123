package dev.mortise.plugin.hostprobe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The sensors that Linux shows as thermal zones and as hardware monitors. A driver may show the same sensor as both;
 * the thermal zone is then left out.
 */
final class TemperatureSensors {

    private static final String ZONES = "sys/class/thermal";
    private static final String MONITORS = "sys/class/hwmon";

    /** What no sensor on a working machine shows: drivers use such values for inputs that nothing is connected to. */
    private static final double LEAST = -60;

    private static final double GREATEST = 150;

    private final KernelFiles files;

    TemperatureSensors(KernelFiles files) {
        this.files = files;
    }

    List<Temperature> read() {
        List<Temperature> found = new ArrayList<>();
        Set<String> monitors = new HashSet<>();
        for (String monitor : files.list(MONITORS)) {
            String folder = MONITORS + "/" + monitor;
            String name = files.readLine(folder + "/name").orElse(monitor);
            monitors.add(name);
            for (String file : files.list(folder)) {
                if (file.startsWith("temp") && file.endsWith("_input")) {
                    String input = file.substring(0, file.length() - "_input".length());
                    String label =
                            files.readLine(folder + "/" + input + "_label").orElse(input);
                    celsius(folder + "/" + file)
                            .ifPresent(value -> found.add(new Temperature(name + "/" + label, value)));
                }
            }
        }
        for (String zone : files.list(ZONES)) {
            String name = files.readLine(ZONES + "/" + zone + "/type").orElse(zone);
            // Hardware monitors must not have hyphens in their names, so a zone's become underscores there.
            if (zone.startsWith("thermal_zone") && !monitors.contains(name.replace('-', '_'))) {
                celsius(ZONES + "/" + zone + "/temp").ifPresent(value -> found.add(new Temperature(name, value)));
            }
        }
        return distinctNames(found);
    }

    private Optional<Double> celsius(String file) {
        OptionalLong thousandths = files.readLine(file).map(Numerals::integer).orElse(OptionalLong.empty());
        if (thousandths.isEmpty()) {
            return Optional.empty();
        }
        double celsius = Numerals.oneDecimal(thousandths.getAsLong() / 1000.0);
        return celsius >= LEAST && celsius <= GREATEST ? Optional.of(celsius) : Optional.empty();
    }

    /** Two disks of a kind have sensors of one name: the second becomes {@code nvme/Composite #2}. */
    private static List<Temperature> distinctNames(List<Temperature> sensors) {
        Map<String, Integer> seen = new HashMap<>();
        return sensors.stream()
                .map(sensor -> {
                    int count = seen.merge(sensor.sensor(), 1, Integer::sum);
                    return count == 1 ? sensor : new Temperature(sensor.sensor() + " #" + count, sensor.celsius());
                })
                .toList();
    }
}
