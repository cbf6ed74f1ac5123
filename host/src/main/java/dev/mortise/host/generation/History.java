package dev.mortise.host.generation;

import dev.mortise.host.Generations;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The kept generations, and what each of them changed. */
final class History implements Generations {

    private final HostStorage.Generations records;
    private final Current current;

    History(HostStorage.Generations records, Current current) {
        this.records = records;
        this.current = current;
    }

    @Override
    public long current() {
        return current.get().number();
    }

    @Override
    public List<GenerationView> list() {
        List<GenerationRecord> recent = records.recent(Integer.MAX_VALUE);
        List<GenerationView> views = new ArrayList<>();
        for (int i = 0; i < recent.size(); i++) {
            views.add(view(recent.get(i), i + 1 < recent.size() ? Optional.of(recent.get(i + 1)) : Optional.empty()));
        }
        return List.copyOf(views);
    }

    @Override
    public Result<GenerationView> find(long number) {
        return list().stream()
                .filter(view -> view.record().number() == number)
                .findFirst()
                .map(Result::ok)
                .orElseGet(() -> Result.refused(Problem.of(
                        ProblemCode.GENERATION_NOT_FOUND,
                        "generation " + number + " is not kept; list the generations to see which are")));
    }

    private GenerationView view(GenerationRecord record, Optional<GenerationRecord> before) {
        SortedMap<PluginId, PluginEntry> old =
                before.map(GenerationRecord::plugins).orElseGet(TreeMap::new);
        return new GenerationView(record, record.number() == current(), difference(old, record.plugins()));
    }

    private static List<String> difference(
            SortedMap<PluginId, PluginEntry> before, SortedMap<PluginId, PluginEntry> after) {
        List<String> lines = new ArrayList<>();
        TreeSet<PluginId> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (PluginId id : ids) {
            PluginEntry old = before.get(id);
            PluginEntry now = after.get(id);
            if (old == null && now != null) {
                lines.add(id + " " + now.version() + " installed" + (now.enabled() ? "" : ", disabled"));
            } else if (old != null && now == null) {
                lines.add(id + " " + old.version() + " removed");
            } else if (old != null && now != null) {
                lines.addAll(difference(old, now));
            }
        }
        return lines;
    }

    private static List<String> difference(PluginEntry old, PluginEntry now) {
        List<String> lines = new ArrayList<>();
        if (!old.version().equals(now.version())) {
            lines.add(now.id() + " " + old.version() + " → " + now.version());
        } else if (!old.digest().equals(now.digest())) {
            lines.add(now.id() + " " + now.version() + " another package");
        }
        if (old.enabled() != now.enabled()) {
            lines.add(now.id() + (now.enabled() ? " enabled" : " disabled"));
        }
        if (!old.config().equals(now.config())) {
            lines.add(now.id() + " configured");
        }
        return lines;
    }
}
