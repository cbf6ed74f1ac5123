package dev.mortise.host;

import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.util.List;

/** The plugins of a host, and every way to change which ones there are. */
public interface Plugins {

    /** Every plugin, active or not, also those that failed to install; by id. */
    List<PluginView> list();

    Result<PluginView> find(PluginId id);

    /**
     * Which plugin somebody means who names it by its id, by its display name, or by its id as it would be spelt with
     * underscores.
     */
    Result<PluginId> named(String name);

    /** What the change would do, without doing it. Packages are fetched and verified; nothing of them is kept. */
    Result<Plan> plan(Change change);

    /**
     * Carries the change out. Changes are made one after the other; a caller waits for its turn.
     *
     * @return when the new generation is live and durable; a refusal has left the live generation as it was
     */
    Result<ChangeOutcome> apply(Change change, Actor actor);

    /** What can be installed by its plain name. */
    List<CatalogEntry> catalog();

    /** Checks a package as an installation would, up to the point where code would run. */
    Result<PackageReport> inspect(PackageSource source);

    /** Lets a quarantined plugin take calls again. */
    Result<PluginView> release(PluginId id, Actor actor);

    /** @param location the file or folder in the catalog */
    record CatalogEntry(String name, Path location) {}

    record PackageReport(PluginId id, String version, String digest, List<String> permissions, String description) {}
}
