package dev.mortise.plugin.contextwindowguard;

import java.util.Map;

/** How many tokens models can take in. A dated or tagged version of a model has the window of the model. */
final class ContextWindows {

    private static final String VERSION_SEPARATORS = "-@:";

    private final Map<String, Long> byModel;
    private final long otherwise;

    ContextWindows(Map<String, Long> byModel, long otherwise) {
        this.byModel = Map.copyOf(byModel);
        this.otherwise = otherwise;
    }

    long of(String model) {
        for (int end = model.length(); end > 0; end--) {
            if (end == model.length() || VERSION_SEPARATORS.indexOf(model.charAt(end)) >= 0) {
                Long window = byModel.get(model.substring(0, end));
                if (window != null) {
                    return window;
                }
            }
        }
        return otherwise;
    }
}
