package dev.mortise.runtime.jvm.scan;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The scans that have found nothing, so that the same package with the same permissions need not be scanned again when
 * it is reloaded. Only that they passed is remembered; what is then defined is looked at class by class. Safe for use by
 * several threads.
 */
final class PassedScans {

    private static final int MOST = 256;

    private final Map<String, Boolean> scans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean contains(String scan) {
        return scans.get(scan) != null;
    }

    synchronized void add(String scan) {
        scans.put(scan, true);
    }
}
