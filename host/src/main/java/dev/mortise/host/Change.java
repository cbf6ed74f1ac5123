package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Something to be changed about the plugins of a host. Each makes a new generation, in the same steps. */
public sealed interface Change {

    /**
     * Installs a package, or upgrades to it where the plugin is installed in another version already. Installing what
     * is installed changes nothing and succeeds.
     *
     * @param digest what the bytes of the archive must hash to
     * @param config the operator's values; by default those of the installed version, or none
     * @param enabled by default as the installed version is, or as the manifest says
     */
    record Install(
            PackageSource source, Optional<Digest> digest, Optional<JsonObject> config, Optional<Boolean> enabled)
            implements Change {}

    /** As {@link Install}, and refused unless the package is another version of this installed plugin. */
    record Upgrade(PluginId id, PackageSource source, Optional<Digest> digest) implements Change {}

    /** @param purge whether the plugin's state and data are deleted too */
    record Uninstall(PluginId id, boolean purge) implements Change {}

    record Enable(PluginId id) implements Change {}

    record Disable(PluginId id) implements Change {}

    /** @param config replaces the operator's values; a masked secret stands for the one that is set */
    record Configure(PluginId id, JsonObject config) implements Change {}

    /**
     * Gives a plugin another place in a ring, or among the implementations of a service. No instance is restarted.
     *
     * @param point a ring's name, or {@code service:} and a contract's key
     * @param placement replaces what was set before; {@link Placement#NONE} goes back to the manifest
     */
    record Place(PluginId id, String point, Placement placement) implements Change {}

    /** Takes the plugin's package from its source again, where there is one, and starts a fresh instance. */
    record Reload(PluginId id) implements Change {}

    /** Reloads every plugin whose source has changed, in one generation. */
    record HotSwap() implements Change {}

    /** @param target a generation that is still kept; by default the one before the current */
    record Rollback(OptionalLong target) implements Change {}

    static Change install(PackageSource source) {
        return new Install(source, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Change install(Path path) {
        return install(new PackageSource.File(path));
    }

    /** The name of the action in history and audit. */
    default String action() {
        return switch (this) {
            case Install _ -> "install";
            case Upgrade _ -> "upgrade";
            case Uninstall _ -> "uninstall";
            case Enable _ -> "enable";
            case Disable _ -> "disable";
            case Configure _ -> "configure";
            case Place _ -> "place";
            case Reload _ -> "reload";
            case HotSwap _ -> "hot_swap";
            case Rollback _ -> "rollback";
        };
    }

    /** What it is about, as far as that is known beforehand: a plugin's id, a source or a generation. */
    default String subject() {
        return switch (this) {
            case Install install -> install.source().describe();
            case Upgrade upgrade -> upgrade.id().value();
            case Uninstall uninstall -> uninstall.id().value();
            case Enable enable -> enable.id().value();
            case Disable disable -> disable.id().value();
            case Configure configure -> configure.id().value();
            case Place place -> place.id().value();
            case Reload reload -> reload.id().value();
            case HotSwap _ -> "";
            case Rollback rollback ->
                rollback.target().isPresent() ? Long.toString(rollback.target().getAsLong()) : "";
        };
    }

    /** What a caller must be allowed to do. */
    default Role requiredRole() {
        return switch (this) {
            case Install _, Upgrade _, Uninstall _ -> Role.ADMIN;
            case Enable _, Disable _, Configure _, Place _, Reload _, HotSwap _, Rollback _ -> Role.OPERATOR;
        };
    }
}
