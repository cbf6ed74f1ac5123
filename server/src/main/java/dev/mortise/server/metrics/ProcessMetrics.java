package dev.mortise.server.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Map;

/** What the JVM uses, under the names that Prometheus users know. */
final class ProcessMetrics {

    private static final double MILLIS = 1e3;

    private ProcessMetrics() {}

    static void write(PrometheusText text) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        text.family(MetricType.GAUGE, "jvm_memory_used_bytes", "Memory in use.")
                .sample(Map.of("area", "heap"), memory.getHeapMemoryUsage().getUsed())
                .sample(
                        Map.of("area", "nonheap"),
                        memory.getNonHeapMemoryUsage().getUsed());
        text.family(MetricType.GAUGE, "jvm_memory_committed_bytes", "Memory taken from the operating system.")
                .sample(Map.of("area", "heap"), memory.getHeapMemoryUsage().getCommitted())
                .sample(
                        Map.of("area", "nonheap"),
                        memory.getNonHeapMemoryUsage().getCommitted());
        text.family(MetricType.GAUGE, "jvm_memory_max_bytes", "Memory that may be used; -1 where there is no limit.")
                .sample(Map.of("area", "heap"), memory.getHeapMemoryUsage().getMax())
                .sample(
                        Map.of("area", "nonheap"),
                        memory.getNonHeapMemoryUsage().getMax());
        text.family(MetricType.GAUGE, "jvm_threads_current", "Platform threads.")
                .sample(ManagementFactory.getThreadMXBean().getThreadCount());
        text.family(MetricType.GAUGE, "jvm_classes_loaded", "Classes loaded.")
                .sample(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        text.family(MetricType.GAUGE, "process_start_time_seconds", "When the process started, since the epoch.")
                .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        collections(text);
    }

    private static void collections(PrometheusText text) {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        text.family(MetricType.COUNTER, "jvm_gc_collections_total", "Garbage collections.");
        collectors.forEach(collector -> text.sample(Map.of("gc", collector.getName()), collector.getCollectionCount()));
        text.family(MetricType.COUNTER, "jvm_gc_collection_seconds_total", "Time spent in garbage collections.");
        collectors.forEach(
                collector -> text.sample(Map.of("gc", collector.getName()), collector.getCollectionTime() / MILLIS));
    }
}
